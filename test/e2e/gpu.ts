import * as fs from 'node:fs';
import * as path from 'node:path';
import { PveRelease, PveSimulator, SimulatedPciDevice, StorageKind } from '../../lib/simulator';
import { Outcome } from '../../tools';
import { Deployment } from '../../tools/trial/deployment';
import { startTrialServer } from '../../tools/trial/server';
import { type Report } from '../support/report';

const program = path.join(__dirname, 'programs/gpu');

/** Graphics card and sound in one slot. */
function card(slot: string, iommuGroup: number): SimulatedPciDevice[] {
  return [
    { address: `0000:${slot}.0`, vendorId: '10de', deviceId: '2684', subsystemId: '1043:88e2', iommuGroup },
    { address: `0000:${slot}.1`, vendorId: '10de', deviceId: '22ba', subsystemId: '1043:88e2', iommuGroup },
  ];
}

const nodes = [
  { name: 'pve1', pciDevices: [...card('01:00', 14), ...card('02:00', 15), { address: '0000:03:00.0', vendorId: '8086', deviceId: '56a5', iommuGroup: 16 }] },
  { name: 'pve2', pciDevices: card('41:00', 27) },
];
const secret = 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee';
/** What a token needs for all of it. */
const privileges = [
  'VM.Audit', 'VM.Clone', 'VM.Allocate', 'VM.Config.Options', 'VM.Config.Cloudinit', 'VM.Config.CPU', 'VM.Config.Memory', 'VM.Config.Network', 'VM.Config.HWType',
  'VM.Config.CDROM', 'VM.Config.Disk', 'VM.PowerMgmt', 'VM.Migrate', 'Datastore.AllocateSpace', 'Datastore.Audit', 'SDN.Use', 'Mapping.Modify', 'Mapping.Use', 'Sys.Audit',
];
const arc = { id: 'arc', map: 'node=pve1,path=0000:03:00.0,id=8086:56a5,iommugroup=16' };

/** Mappings and machines with GPUs on two nodes, beside mappings of somebody else. */
export async function gpu(report: Report): Promise<void> {
  for (const [release, core, terraform] of [[PveRelease.V8_4, 'cdktf', 'terraform'], [PveRelease.V9_1, 'cdktn', 'tofu']] as const) {
    report.section(`GPUs on Proxmox VE ${release}, written with ${core}, by ${terraform}`);
    const pve = await startTrialServer({
      release, nodes, storages: [{ name: 'ceph', kind: StorageKind.RBD }], tokens: [{ id: 'deploy@pve!ci', secret, permissions: [{ path: '/', privileges }] }],
    });
    const folder = fs.mkdtempSync(path.join(process.env.TMPDIR!, 'gpu-'));
    try {
      await prepare(pve);
      await story(report, pve, (environment) => new Deployment({
        program, folder, core, terraform, certificate: pve.certificate, apiToken: `deploy@pve!ci=${secret}`, environment: { TF_VAR_root_password: pve.rootPassword, ...environment },
      }));
    } finally {
      await pve.stop();
      fs.rmSync(folder, { recursive: true, force: true });
    }
  }
}

/** What the provider does alone, so that the rest proves something. */
async function trap(report: Report, pve: PveSimulator, deployment: Deployment): Promise<void> {
  const apply = async (name: string, group: number) => {
    const map = [{ node: 'pve1', path: '0000:03:00', id: '8086:56a5', iommu_group: group }];
    fs.writeFileSync(path.join(deployment.stack, 'cdk.tf.json'), JSON.stringify({
      terraform: { backend: { local: { path: '../../../terraform.tfstate' } }, required_providers: { proxmox: { source: 'bpg/proxmox' } } },
      provider: { proxmox: [{ endpoint: pve.endpoint, api_token: pve.apiToken }] },
      resource: { proxmox_hardware_mapping_pci: { Mine: { name, map } } },
    }));
    return deployment.apply();
  };
  const held = await apply('arc', 99);
  report.match('alone, the provider says only when it applies that a name is taken', said(held), /pci ID 'arc' already defined/);
  report.equal('and makes one of another name', (await apply('mine', 99)).status, 0);
  report.match('which it cannot rename', said(await apply('theirs', 99)), /Could not update PCI hardware mapping "theirs"/);
  await pve.call('PUT', '/cluster/mapping/pci/mine', { map: arc.map, description: 'made anew by somebody else' });
  report.equal('what somebody made anew under its name it takes for its own', (await apply('mine', 99)).status, 0);
  report.match('and rewrites', (await pve.call('GET', '/cluster/mapping/pci/mine')).map[0], /iommugroup=99/);
  report.equal('destroy ends well', (await deployment.destroy()).status, 0);
}

async function prepare(pve: PveSimulator): Promise<void> {
  await pve.call('POST', '/nodes/pve1/qemu', {
    vmid: '9150',
    name: 'workstation',
    bios: 'ovmf',
    machine: 'q35',
    efidisk0: 'ceph:1,efitype=4m,pre-enrolled-keys=0',
    scsihw: 'virtio-scsi-single',
    memory: '512',
    scsi0: 'ceph:2',
    net0: 'virtio,bridge=vmbr0',
    serial0: 'socket',
  });
  await pve.call('POST', '/nodes/pve1/qemu/9150/template');
  await pve.call('POST', '/cluster/mapping/pci', arc);
}

async function story(report: Report, pve: PveSimulator, at: (environment: { [name: string]: string }) => Deployment): Promise<void> {
  const succeeded = (what: string, { status, output }: Outcome) => report.equal(what, status === 0 ? '' : output, '');
  const mappings = async () => (await pve.call('GET', '/cluster/mapping/pci')).map(({ id, description }: { id: string; description?: string }) => [id, description ?? '']).sort();
  const machines = () => pve.vms.filter(({ vmId }) => vmId !== 9150)
    .map(({ name, node, running, config }) => [name, node, running, config.hostpci0, config.vga, config.balloon])
    .sort(([a], [b]) => (a! < b! ? -1 : 1));
  const expected = (mapping: string) => [
    ['display', 'pve1', true, 'mapping=arc,pcie=1,rombar=1,x-vga=1', 'memory=16,type=none', '0'],
    ['elsewhere', 'pve2', true, `mapping=${mapping},pcie=1,rombar=1,x-vga=0`, 'memory=16,type=std', '0'],
    ['one', 'pve1', true, `mapping=${mapping},pcie=1,rombar=1,x-vga=0`, 'memory=16,type=std', '0'],
    ['two', 'pve1', true, `mapping=${mapping},pcie=1,rombar=1,x-vga=0`, 'memory=16,type=std', '0'],
  ];

  const deployment = at({});
  await deployment.synthesize();
  succeeded('init', await deployment.init());
  await pve.call('POST', '/cluster/mapping/pci', { id: 'cards', map: arc.map, description: 'of somebody else' });
  const stopped = await deployment.apply();
  report.equal('with a mapping of this name by somebody else, the deploy stops', stopped.status === 0, false);
  report.match('it says who is in the way', said(stopped), /The PCI mapping cards exists on https:\/\/pve\.lan:8006 already, and this program did not make it\./);
  report.equal('nothing was touched', [await mappings(), machines()], [[['arc', ''], ['cards', 'of somebody else']], []]);
  await pve.call('DELETE', '/cluster/mapping/pci/cards');

  succeeded('apply', await deployment.apply());
  report.equal('the mapping has our mark', await mappings(), [['arc', ''], ['cards', 'cards of the shelf (gpu_cards)']]);
  report.equal('with what the nodes say of the devices', (await pve.call('GET', '/cluster/mapping/pci/cards')).map.map((entry: string) => entry.split(',').sort().join()).sort(), [
    'id=10de:2684,iommugroup=14,node=pve1,path=0000:01:00,subsystem-id=1043:88e2',
    'id=10de:2684,iommugroup=15,node=pve1,path=0000:02:00,subsystem-id=1043:88e2',
    'id=10de:2684,iommugroup=27,node=pve2,path=0000:41:00,subsystem-id=1043:88e2',
  ]);
  report.equal('all machines run with their devices', machines(), expected('cards'));
  report.equal('the second plan has no changes', (await deployment.plan()).status, 0);

  const renamed = at({ GPU_MAPPING: 'shelf' });
  await renamed.synthesize();
  succeeded('another name makes the mapping anew', await renamed.apply());
  report.equal('only the new one is there', await mappings(), [['arc', ''], ['shelf', 'cards of the shelf (gpu_cards)']]);
  report.equal('the machines have it', machines(), expected('shelf'));
  report.equal('then a plan has no changes', (await renamed.plan()).status, 0);

  await pve.call('PUT', '/cluster/mapping/pci/arc', { map: arc.map.replace('iommugroup=16', 'iommugroup=17') });
  report.equal('a mapping that went wrong does not stop a plan while its machine runs', (await renamed.plan()).status, 0);
  const display = pve.vms.find(({ name }) => name === 'display')!.vmId;
  await pve.call('POST', `/nodes/pve1/qemu/${display}/status/stop`);
  const wrong = await renamed.plan();
  report.equal('a machine that is to be started does', wrong.status, 1);
  report.match('it says what is wrong', said(wrong), /A machine with the PCI mapping arc would not start on node pve1: .*'iommugroup' does not match/);
  const off = at({ GPU_MAPPING: 'shelf', GPU_STARTED: 'false' });
  await off.synthesize();
  report.equal('one that stays off does not', (await off.plan()).status, 0);
  await pve.call('DELETE', '/cluster/mapping/pci/arc');
  const gone = await off.plan();
  report.match('a mapping that is gone stops every plan', said(gone), /There is no PCI mapping arc on https:\/\/pve\.lan:8006 that these credentials may see\./);
  await pve.call('POST', '/cluster/mapping/pci', arc);

  await pve.call('PUT', '/cluster/mapping/pci/shelf', { map: arc.map, description: 'made anew by somebody else' });
  report.match('ours, made anew by somebody else, is not taken over either', said(await off.plan()), /The PCI mapping shelf exists .* and this program did not make it/);
  await pve.call('PUT', '/cluster/mapping/pci/shelf', { map: arc.map, description: 'cards of the shelf (gpu_cards)' });

  const byAddress = at({ GPU_MAPPING: 'shelf', GPU_LOGIN: 'password' });
  await byAddress.synthesize();
  succeeded('with the password of root, a machine has its device by address', await byAddress.apply());
  report.equal('it has all functions', machines()[0], ['display', 'pve1', true, 'host=0000:03:00,pcie=1,rombar=1,x-vga=1', 'memory=16,type=none', '0']);
  report.equal('after that a plan has no changes', (await byAddress.plan()).status, 0);

  succeeded('destroy', await byAddress.destroy());
  report.equal('only what is of others is left', [await mappings(), pve.vms.map(({ vmId }) => vmId)], [[['arc', '']], [9150]]);
  await trap(report, pve, byAddress);
}

/** What was printed, without the frames and line breaks of Terraform. */
function said({ output }: Outcome): string {
  return output.replace(/[│╷╵]/g, '').replace(/\s+/g, ' ');
}
