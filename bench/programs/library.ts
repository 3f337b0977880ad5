import { TerraformStack } from 'cdktf';
import { CloudImageTemplate, IpConfig, ProxmoxVe, Size, VirtualMachine, guestos } from '../../lib';
import { ESTATE, machines } from './estate';

/** The estate, written with this library. */
export function build(stack: TerraformStack, count: number): void {
  new ProxmoxVe(stack, 'Pve', { endpoint: ESTATE.endpoint, node: ESTATE.node, storage: ESTATE.storage });
  const template = new CloudImageTemplate(stack, 'UbuntuBase', { operatingSystem: guestos.Ubuntu.V24_04, vmId: ESTATE.templateId });

  for (const machine of machines(count)) {
    new VirtualMachine(stack, machine.id, {
      template,
      cores: ESTATE.cores,
      memory: Size.gibibytes(ESTATE.memoryGib),
      tags: machine.tags,
      cloudInit: {
        username: ESTATE.username,
        sshKeys: [...ESTATE.sshKeys],
        ipConfigs: [IpConfig.fixed(machine.address, ESTATE.gateway)],
      },
    });
  }
}
