import { ruleTable } from './rule';

/**
 * Rules of the words for virtual hardware.
 * @internal
 */
export const hardwareRules = ruleTable({
  'cpu-type-unknown': {
    rule: 'A CPU type is a model that both tools know: the client inside of the Packer plugin and the Terraform provider have fixed lists, and one machine goes through both.',
    remedy: 'Use a member of CpuType such as CpuType.X86_64_V2_AES or CpuType.HOST. Flags (`host,flags=…`) and custom models (`custom-…`) are in neither list.',
    see: 'https://pve.proxmox.com/pve-docs/chapter-qm.html#qm_cpu',
  },
  'os-type-unknown': {
    rule: 'An operating system type is a word of Proxmox VE: l24, l26, other, solaris, w2k, w2k3, w2k8, win7, win8, win10, win11, wvista, wxp.',
    remedy: 'Use a member of OsType; OsType.LINUX for every Linux since kernel 2.6, OsType.OTHER for what has no word of its own.',
    see: 'https://pve.proxmox.com/pve-docs/qm.1.html',
  },
  'machine-type-unknown': {
    rule: 'A machine type is q35 or pc, or one of them with a version, such as pc-q35-9.0 or pc-i440fx-8.1+pve0.',
    remedy: 'Use MachineType.Q35 or MachineType.I440FX, or MachineType.of("pc-q35-9.0") to stay on a version.',
    see: 'https://pve.proxmox.com/pve-docs/chapter-qm.html#qm_machine_type',
  },
});
