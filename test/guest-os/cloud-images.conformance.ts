/*
 * The real tools judge what is written for every cloud image of other families than Debian's, at an address from DHCP and at a fixed one:
 * `npx tsx test/guest-os/cloud-images.conformance.ts`. Packer has stand-ins for the plugins. The last line is `N passed, N failed`.
 */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { parse } from 'yaml';
import { BuildAddress, CloudImageTemplate, GoldenImage, ProvisioningProfile, ProxmoxVe, VirtualMachine, guestos } from '../../lib';
import { Check, runChecks } from '../conformance/check';
import { imageChecks, stackChecks } from '../conformance/checks';
import { clean } from '../conformance/judges/shell';
import { temporaryFolder } from '../conformance/text';
import { newApp, newStack } from '../support/synth';
import { SHIPPED } from './shipped-images';

const IMAGES = ['dhcp', 'fixed'] as const;

/** One stack with all that a system is for: two base templates, two golden images, a machine of each. */
function write(os: guestos.ICloudImage): string {
  const app = newApp(path.join(temporaryFolder(os.osName), 'cdktf.out'));
  const stack = newStack(app);
  new ProxmoxVe(stack, 'Pve', { endpoint: 'https://pve.lan:8006', node: 'pve', storage: 'tank' });
  IMAGES.forEach((id, i) => {
    const fixed = id === 'fixed';
    const base = new CloudImageTemplate(stack, `base-${id}`, { operatingSystem: os, vmId: 9100 + 10 * i, node: `pve${i}`, cloudInitDrive: fixed });
    const template = new GoldenImage(stack, id, {
      baseTemplate: base,
      vmId: 9101 + 10 * i,
      profile: ProvisioningProfile.minimal(),
      buildAddress: fixed ? BuildAddress.fixed({ address: '192.168.1.250/24', gateway: '192.168.1.1' }) : undefined,
    });
    new VirtualMachine(stack, `machine-${id}`, { template });
  });
  app.synth();
  return path.join(app.outdir, 'stacks', stack.node.id);
}

/** What cloud-init runs at the first boot of a build. */
function seedScript(folder: string): string {
  const template = JSON.parse(fs.readFileSync(path.join(folder, 'packer/dhcp/json/dhcp.pkr.json'), 'utf8'));
  const [shell, options, script] = parse(template.source['proxmox-clone'].dhcp.additional_iso_files.cd_content['user-data']).runcmd[0];
  return `#!/bin/${shell} ${options.replace('c', '')}\n${script}`;
}

function checksOf(os: guestos.ICloudImage): Check[] {
  const folder = write(os);
  return [
    ...stackChecks({ subject: os.osName, folder, images: [] }, ['terraform']),
    ...IMAGES.flatMap((id) => imageChecks({ subject: `${os.osName} ${id}`, folder: path.join(folder, 'packer', id) })),
    { judge: 'shellcheck', subject: `${os.osName} seed`, run: () => clean(seedScript(folder)) },
  ];
}

// Fewer are there where something was not written.
void runChecks(SHIPPED.flatMap(checksOf), 2).then(({ passed, failures }) => {
  console.log(`\n${passed} passed, ${failures.length} failed`);
  process.exitCode = failures.length === 0 && passed >= 14 * SHIPPED.length ? 0 : 1;
});
