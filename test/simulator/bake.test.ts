import { Readable } from 'node:stream';
import { PveRelease, PveSimulator, StorageKind } from '../../lib/simulator';

const key = encodeURIComponent('ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEV4YW1wbGVPbmx5Tm90QVJlYWxLZXlBdEFsbDEyMzQ1 packer\n');
const task = (type: string, id = '9200') => new RegExp(`^UPID:pve:[0-9A-F]{8}:[0-9A-F]{8}:[0-9A-F]{8}:${type}:${id}:root@pam:$`);

/** What the released plugin asked of a real server while it baked a clone with a seed ISO, in its order, and what came of it. */
const bake: readonly (readonly [method: string, path: string, parameters: { [name: string]: string }, answer: unknown])[] = [
  ['GET', '/cluster/resources', { type: 'vm' }, expect.any(Array)],
  ['GET', '/nodes/pve/qemu/9100/config', {}, expect.objectContaining({ name: 'base', template: 1 })],
  ['POST', '/nodes/pve/qemu/9100/clone', { full: '1', name: 'pkr-baked', newid: '9200', target: 'pve' }, expect.stringMatching(task('qmclone', '9100'))],
  ['GET', '/nodes/pve/qemu/9200/config', {}, expect.objectContaining({ name: 'pkr-baked', scsi0: expect.stringContaining('vm-9200-disk') })],
  ['GET', '/cluster/ha/resources/9200', {}, 'The server answers 500 no such resource \'vm:9200\''],
  ['GET', '/version', {}, { version: '8.4.21', release: '8.4', repoid: '2606ac85' }],
  ['PUT', '/nodes/pve/qemu/9200/config', {
    agent: '1,fstrim_cloned_disks=0,type=virtio',
    ciuser: 'ubuntu',
    cores: '2',
    cpu: 'x86-64-v2-AES',
    description: 'Packer ephemeral build VM',
    kvm: '1',
    memory: '1024',
    name: 'pkr-baked',
    net0: 'virtio=8A:05:33:A9:BB:50,bridge=vmbr0',
    numa: '0',
    onboot: '0',
    ostype: 'l26',
    scsi1: 'local:iso/packer1063422725.iso,media=cdrom',
    scsihw: 'virtio-scsi-single',
    sockets: '1',
    sshkeys: key,
    tags: 'baked;packer',
    vmid: '9200',
  }, null],
  ['GET', '/nodes/pve/qemu/9200/pending', {}, expect.arrayContaining([{ key: 'scsi1', value: 'local:iso/packer1063422725.iso,media=cdrom,size=4K' }])],
  ['POST', '/nodes/pve/qemu/9200/status/start', {}, expect.stringMatching(task('qmstart'))],
  ['GET', '/nodes/pve/qemu/9200/agent/network-get-interfaces', {}, 'The server answers 500 QEMU guest agent is not running'],
  ['GET', '/nodes/pve/qemu/9200/agent/network-get-interfaces', {}, { result: [{ name: 'eth0' }] }],
  ['GET', '/nodes/pve/qemu/9200/config', {}, expect.objectContaining({ ciuser: 'ubuntu' })],
  ['POST', '/nodes/pve/qemu/9200/config', { delete: 'ciuser,sshkeys' }, expect.stringMatching(task('qmconfig'))],
  ['POST', '/nodes/pve/qemu/9200/status/shutdown', {}, expect.stringMatching(task('qmshutdown'))],
  ['POST', '/nodes/pve/qemu/9200/template', {}, expect.stringMatching(task('qmtemplate'))],
  ['GET', '/nodes/pve/qemu/9200/config', {}, expect.objectContaining({ template: 1, scsi0: expect.stringContaining('base-9200-disk') })],
  ['POST', '/nodes/pve/qemu/9200/config', { delete: 'scsi1', description: 'baked by packer', name: 'baked', scsi2: 'local:cloudinit' }, expect.stringMatching(task('qmconfig'))],
  ['DELETE', '/nodes/pve/storage/local/content/local:iso/packer1063422725.iso', {}, expect.stringMatching(task('imgdel', 'local'))],
  ['GET', '/nodes/pve/qemu/9200/config', {}, expect.objectContaining({ name: 'baked', description: 'baked by packer' })],
];

test('a recorded bake is accepted in its order', async () => {
  const pve = await PveSimulator.start({ release: PveRelease.V8_4, storages: [{ name: 'local', kind: StorageKind.DIRECTORY }] });
  try {
    await pve.call('POST', '/nodes/pve/qemu', { vmid: '9100', name: 'base', agent: '1', scsihw: 'virtio-scsi-single', scsi0: 'local:3', boot: 'order=scsi0' });
    await pve.call('POST', '/nodes/pve/qemu/9100/template');
    await pve.addFile('local:iso/packer1063422725.iso', Readable.from([Buffer.alloc(4096)]));
    const answers: unknown[] = [];
    for (const [method, path, parameters] of bake) {
      if (answers.length === 10) pve.setAgentAnswers(9200, { 'guest-network-get-interfaces': [{ name: 'eth0' }] });
      answers.push(await pve.call(method, path, parameters).catch((error: Error) => /The server answers .*/.exec(error.message)?.[0]));
    }
    expect(answers).toEqual(bake.map(([,,, answer]) => answer));
    expect(pve.vms.map(({ vmId, name, template }) => ({ vmId, name, template }))).toEqual([
      { vmId: 9100, name: 'base', template: true }, { vmId: 9200, name: 'baked', template: true },
    ]);
    expect(pve.vms[1].config).toMatchObject({ boot: 'order=scsi0', onboot: '0', tags: 'baked;packer', scsi2: 'local:9200/vm-9200-cloudinit.qcow2,media=cdrom' });
    expect(Object.keys(pve.vms[1].config).filter((name) => /^(scsi1|unused\d+|sshkeys|ciuser)$/.test(name))).toEqual([]);
    expect(pve.volumes.filter(({ content }) => content === 'iso')).toEqual([]);
  } finally {
    await pve.stop();
  }
});
