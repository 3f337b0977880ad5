import { TerraformStack } from 'cdktf';
import { PROXMOX_RESOURCES } from '../bindings';
import { Problems } from '../core';
import { ICloudImage, validateCloudImage } from '../guest-os';
import { BuildAddress, CloudImageTemplate, GoldenImage, ProvisioningProfile } from '../image';
import { ProxmoxVe } from '../proxmox';
import { VirtualMachine } from '../vm';
import { IContractCheck, checkGeneralizeScript, expectEqual } from './contract';
import { SynthesizedStack } from './synthesized-stack';

/**
 * What every operating system with a cloud image has to keep, the library's own and a user's alike.
 *
 *     describe('Alpine', () => {
 *       for (const check of new CloudImageContract(new Alpine()).checks) {
 *         test(check.name, () => check.run());
 *       }
 *     });
 */
export class CloudImageContract {
  /**
   * @param operatingSystem what is checked
   */
  public constructor(private readonly operatingSystem: ICloudImage) {}

  /** The checks, in an order in which the first that fails says most. */
  public get checks(): IContractCheck[] {
    return [
      { name: 'says where its image is, in a form that Proxmox VE imports', run: () => this.checkImage() },
      { name: 'answers the same whenever it is asked', run: () => this.checkStable() },
      { name: 'has a script that removes identity, where it does not use the shipped one', run: () => checkGeneralizeScript(this.operatingSystem.guestSetup) },
      { name: 'becomes a base template, a golden image and a machine', run: () => this.checkStory(false) },
      { name: 'is baked at a fixed address as well', run: () => this.checkStory(true) },
      { name: 'is written the same twice', run: () => this.checkDeterminism() },
    ];
  }

  private checkImage(): void {
    const problems = new Problems(this.operatingSystem.osName);
    validateCloudImage(this.operatingSystem, this.operatingSystem.bindCloudImage(), problems);
    problems.throwIfAny();
  }

  private checkStable(): void {
    const ask = () => JSON.stringify([this.operatingSystem.osName, this.operatingSystem.bindCloudImage(), this.operatingSystem.guestSetup]);
    expectEqual(ask(), ask(), 'osName, guestSetup and bindCloudImage()');
  }

  private checkStory(fixedAddress: boolean): void {
    const written = this.write(fixedAddress);
    const { [PROXMOX_RESOURCES.vm]: vms, [PROXMOX_RESOURCES.downloadFile]: downloads } = written.configuration.resource;
    const image = this.operatingSystem.bindCloudImage();
    const [download] = Object.values<any>(downloads);
    expectEqual(download.url, image.url, 'the address that the node downloads');
    expectEqual(download.checksum, image.checksum.value, 'the checksum that the node verifies');
    expectEqual(String(vms.Base.template), 'true', 'whether the base is a template');
    const source = written.packerTemplate('golden').source['proxmox-clone'].golden;
    const seed = JSON.stringify(source.additional_iso_files ?? '');
    if (!fixedAddress && image.hasGuestAgent !== true && !seed.includes('cidata')) {
      throw new Error('The image has no guest agent, and no seed ISO installs it.');
    }
  }

  private checkDeterminism(): void {
    expectEqual(JSON.stringify(this.write(false).files), JSON.stringify(this.write(false).files), 'the files');
  }

  private write(fixedAddress: boolean): SynthesizedStack {
    return SynthesizedStack.of({ define: (stack) => this.define(stack, fixedAddress) });
  }

  private define(stack: TerraformStack, cloudInitDrive: boolean): void {
    new ProxmoxVe(stack, 'Pve', { endpoint: 'https://pve.lan:8006', node: 'pve', storage: 'local-zfs' });
    const base = new CloudImageTemplate(stack, 'Base', { operatingSystem: this.operatingSystem, vmId: 9100, cloudInitDrive });
    const golden = new GoldenImage(stack, 'Golden', {
      baseTemplate: base,
      vmId: 9101,
      profile: ProvisioningProfile.minimal(),
      buildAddress: cloudInitDrive ? BuildAddress.fixed({ address: '192.168.1.250/24', gateway: '192.168.1.1' }) : undefined,
    });
    new VirtualMachine(stack, 'Machine', { template: golden });
  }
}
