import { TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import {
  CloudImageTemplate, CloudImageTemplateProps, Guest, OsType, ProxmoxVe, ProxmoxVeProps, Size, VmTemplate, VmTemplateAttributes, guestos,
} from 'proxmox-constructs';
import { newStack } from './synth';

/** A public key that belongs to nobody. */
export const SSH_KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEV4YW1wbGVPbmx5Tm90QVJlYWxLZXlBdEFsbDEyMzQ1 ops@desk';

/** A guest of Debian's family that has all that a golden image brings. */
export const GUEST: Guest = {
  osName: 'debian-12', osType: OsType.LINUX, hasGuestAgent: true, hasCloudInit: true, setup: guestos.Debian.V12.guestSetup,
};

/** A release of Ubuntu with a checksum that is easy to read. */
export const UBUNTU = guestos.Ubuntu.of('24.04', {
  url: 'https://images.example/release-20260705/ubuntu-24.04.img', checksum: guestos.Checksum.sha256('0a'.repeat(32)),
});

/** A cluster, in a stack of its own where none is given. */
export function cluster(scope: Construct = newStack(), props: Partial<ProxmoxVeProps> = {}, id: string = 'Pve'): ProxmoxVe {
  return new ProxmoxVe(scope, id, { endpoint: 'https://pve.lan:8006', node: 'pve', storage: 'tank', ...props });
}

/** A stack with a cluster. */
export function stackWithCluster(props: Partial<ProxmoxVeProps> = {}): TerraformStack {
  const stack = newStack();
  cluster(stack, props);
  return stack;
}

/** A template that exists on the server. */
export function existing(scope: Construct, attributes: Partial<VmTemplateAttributes> = {}, id: string = 'Existing', vmId: number = 9150): VmTemplate {
  return VmTemplate.fromVmId(scope, id, vmId, { templateName: 'existing', disks: [{ size: Size.gibibytes(8) }], guest: GUEST, ...attributes });
}

/** A template made of Ubuntu's cloud image. */
export function ubuntuBase(scope: Construct, props: Partial<CloudImageTemplateProps> = {}, id: string = 'Base'): CloudImageTemplate {
  return new CloudImageTemplate(scope, id, { operatingSystem: UBUNTU, vmId: 9100, ...props });
}

/** A reference to Terraform. */
export const REFERENCES = { text: '${TfToken[TOKEN.7]}', number: -8.1095622125913805e+298, list: ['#{TfToken[TOKEN.8]}'] };
