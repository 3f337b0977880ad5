/** A schematic whose id was published: by the tests of the factory, or by someone to whom factory.talos.dev answered it. */
export interface PublishedSchematic {
  readonly what: string;
  readonly text: string;
  readonly id: string;
}

const NOTHING = '376567988ad370138ad8b2698212367b8edcb69b5fd68c80be1f2ec7d603b4ba';
const ARGUMENTS = '9cba8e32753f91a16c1837ab8abf356af021706ef284aef07380780177d9a06c';
const BOARD = 'ee21ef4a5ef808a9b7484cc0dda0f25075021691c8c09a276591eedb638ea1f9';

function extensions(...names: string[]): string {
  return `customization:\n  systemExtensions:\n    officialExtensions:\n${names.map((name) => `      - siderolabs/${name}\n`).join('')}`;
}

export const PUBLISHED: readonly PublishedSchematic[] = [
  { what: 'nothing', text: '{}', id: NOTHING },
  { what: 'an empty customization', text: 'customization: {}', id: NOTHING },
  { what: 'an empty list', text: 'customization: {"extraKernelArgs": []}', id: NOTHING },
  { what: 'kernel arguments', text: '{"customization": {"extraKernelArgs": ["noapic", "nolapic"]}}', id: ARGUMENTS },
  { what: 'kernel arguments, and no extensions', text: '{"customization": {"extraKernelArgs": ["noapic", "nolapic"], "systemExtensions": {}}}', id: ARGUMENTS },
  {
    what: 'a META value',
    text: '{"customization": {"meta": [{"key": 10, "value": "foo"}], "extraKernelArgs": [], "systemExtensions": {}}}',
    id: 'd308a2a5ee2277bed5fbaa104fcbc8d59122abfa737df987a95b4ca763459a7f',
  },
  { what: 'an overlay', text: '{"overlay": {"name": "rpi_generic", "image": "siderolabs/sbc-raspberrypi"}}', id: BOARD },
  { what: 'an overlay, and an empty customization', text: '{"overlay": {"name": "rpi_generic", "image": "siderolabs/sbc-raspberrypi"},"customization":{}}', id: BOARD },
  {
    what: 'secure boot',
    text: '{"customization":{"secureboot": {"includeWellKnownCertificates": true}}}',
    id: 'fa8e05f142a851d3ee568eb0a8e5841eaf6b0ebc8df9a63df16ac5ed2c04f3e6',
  },
  { what: 'large sectors', text: 'customization: {diskImage: {sectorSize: 4096}}', id: '92833e9ddd9bb9e11b2464fa5525429f01866306d52ebd882ee08d7918f6d1ea' },
  { what: 'guest agent', text: extensions('qemu-guest-agent'), id: 'ce4c980550dd2ab1b17bbf2b08801c7eb59418eafe8f279833297925d67c7515' },
  { what: 'an example', text: extensions('hello-world-service'), id: 'cf9b7aab9ed7c365d5384509b4d31c02fdaa06d2b3ac6cc0bc806f28130eff1f' },
  { what: 'iSCSI', text: extensions('iscsi-tools', 'qemu-guest-agent'), id: 'dc7b152cb3ea99b821fcb7340ce7168313ce393d663740b791c36f6e95fc8586' },
  { what: 'Longhorn', text: extensions('iscsi-tools', 'util-linux-tools'), id: '613e1592b2da41ae5e265e8789429f22e121aab91cb4deb6bc3c0b6262961245' },
  {
    what: 'Longhorn in a virtual machine',
    text: extensions('iscsi-tools', 'qemu-guest-agent', 'util-linux-tools'),
    id: '88d1f7a5c4f1d3aba7df787c448c1d3d008ed29cfb34af53fa0df4336a56040b',
  },
  {
    what: 'an Intel GPU',
    text: extensions('i915', 'intel-ucode', 'iscsi-tools', 'qemu-guest-agent', 'util-linux-tools'),
    id: 'eed1860a28ccc6fdb77f1f41ab0ae2a20c19bc6101618d416d5d72ec919bf679',
  },
  {
    what: 'an open NVIDIA driver, production',
    text: extensions('nvidia-container-toolkit-production', 'nvidia-open-gpu-kernel-modules-production'),
    id: '6698d6f136c5bb37ca8bb8482c9084305084da0a5ead1f4dcae760796f8ab3a2',
  },
  {
    what: 'an open NVIDIA driver, long-term, and an Intel GPU',
    text: extensions('i915', 'iscsi-tools', 'nvidia-container-toolkit-lts', 'nvidia-open-gpu-kernel-modules-lts', 'qemu-guest-agent', 'util-linux-tools'),
    id: '9a8df76df029257d6d1385ae9a72d79bc995af269f3521b5723b883f3407174a',
  },
  {
    what: 'a proprietary NVIDIA driver, production',
    text: extensions('iscsi-tools', 'nonfree-kmod-nvidia-production', 'nvidia-container-toolkit-production', 'qemu-guest-agent'),
    id: '4392dfdeec70a2d7f294c51508ac5b05977272ae5a2ea7c0c0b5288e0e34317d',
  },
  { what: 'NFS', text: extensions('btrfs', 'nfs-utils', 'nfsd', 'nfsrahead', 'qemu-guest-agent'), id: '23ff67af89fd08e5703f919f9b58c5a4a6de2540b1f8ca83379e19321560b1bf' },
  { what: 'a UPS', text: extensions('iscsi-tools', 'nut-client', 'nvme-cli', 'util-linux-tools'), id: '3df38c5e5faf43879e6ff0f13c6b0ba02aaa0eb5f9291f28749c4056c1974e7b' },
  { what: 'Tailscale', text: extensions('iscsi-tools', 'tailscale', 'util-linux-tools'), id: '708747e350d604ae9e57227d8dcf274091453ddb1097b765d4ea8884f1992c1f' },
  { what: 'Xen', text: extensions('drbd', 'tailscale', 'xen-guest-agent'), id: '21c55fcf357cbda853e9f91a1fa5fedf72701b1d7e8bcefe24e9cb60b58892d9' },
  {
    what: 'an overlay with an option',
    text: `overlay:
    image: siderolabs/sbc-raspberrypi
    name: rpi_generic
    options:
        configTxtAppend: dtoverlay=dwc2,dr_mode=host
customization:
    extraKernelArgs:
        - net.ifnames=0
`,
    id: '86c5da69b80b298eab89fa6024337fa7ca7702584fd1344d167a08a0abbc6a2f',
  },
  {
    what: 'an overlay with extensions',
    text: `overlay: {image: siderolabs/sbc-raspberrypi, name: rpi_generic}\n${extensions('iscsi-tools', 'util-linux-tools')}`,
    id: 'f8a903f101ce10f686476024898734bb6b36353cc4d41f348514db9004ec0a9d',
  },
];
