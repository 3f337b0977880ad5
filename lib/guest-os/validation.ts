import { Problems } from '../core';
import { CloudImageConfig, IOperatingSystem } from './operating-system';
import { guestOsRules as rules } from './rules';

/** Notes what would not work with an operating system and its cloud image, whoever wrote the class. */
export function validateCloudImage(os: IOperatingSystem, image: CloudImageConfig, problems: Problems): void {
  const property = 'operatingSystem';
  problems.check(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/.test(os.osName), rules['os-name-form'], { property: `${property}.osName`, received: os.osName });
  const url = { property: `${property}.url`, received: image.url };
  problems.check(/^https?:\/\/[^\s/]+\/\S*\.(qcow2|img|raw|vmdk)$/.test(image.url), rules['image-url-form'], url);
  problems.check(!/[/._-](latest|current)([/._-]|$)/.test(image.url), rules['image-url-moving'], url);
  const { installAgent } = os.guestSetup;
  problems.check(installAgent.length > 0 || image.hasGuestAgent === true, rules['install-agent-missing'], {
    property: `${property}.guestSetup.installAgent`, received: installAgent,
  });
  problems.check(installAgent.every((line) => !/[\n\r\0]/.test(line)), rules['text-control-characters'], {
    property: `${property}.guestSetup.installAgent`, received: installAgent,
  });
}
