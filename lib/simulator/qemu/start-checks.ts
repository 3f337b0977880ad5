import { TaskLog } from '../api/endpoint';
import { failure } from '../api-error';
import { Cluster } from '../cluster';
import { Guest } from '../state/guest';
import { drivesOf } from './drive';
import { properties } from './machine';

/** Checks what comes before the devices: firmware and USB. @internal */
export function checkFirmware({ mappings }: Cluster, { config, node }: Guest, task: TaskLog): void {
  if (config.get('bios') === 'ovmf' && !config.has('efidisk0')) task.warn('no efidisk configured! Using temporary efivars disk.');
  for (const [key, line] of config) {
    const { mapping } = /^usb\d+$/.test(key) ? properties(line, 'host') : {};
    if (mapping === undefined) continue;
    const here = mappings.usb.get(mapping)?.map.filter((entry) => properties(entry).node === node) ?? [];
    if (here.length === 0) throw failure(`USB device mapping not found for '${mapping}'`);
    if (here.length > 1) throw failure('More than one USB mapping per host not supported');
  }
}

/** Checks processors and drives: what a machine is told about on its command line. @internal */
export function checkHardware(cluster: Cluster, { config, node }: Guest, task: TaskLog): void {
  const { processors } = cluster.node(node);
  const wanted = Number(config.get('sockets') ?? 1) * Number(config.get('cores') ?? 1);
  if (processors < wanted) throw failure(`MAX ${processors} vcpus allowed per VM on this node`);
  for (const drive of drivesOf(config)) {
    if (isVolume(drive.file)) {
      const { storage, content } = cluster.volumes.parse(drive.file);
      cluster.volumes.assertContent(storage, content);
    }
    if (drive.kind === 'scsi' && drive.options.iothread === '1' && config.get('scsihw') !== 'virtio-scsi-single') {
      task.warn('iothread is only valid with virtio disk or virtio-scsi-single controller, ignoring');
    }
  }
}

/** Checks that the volumes are there. @internal */
export function checkVolumes(cluster: Cluster, { config, node }: Guest): void {
  for (const { file } of drivesOf(config)) {
    if (!isVolume(file)) continue;
    cluster.storage(cluster.volumes.parse(file).storage, node);
    cluster.volumes.find(node, file);
  }
}

/** Checks what only shows when the machine's process has begun: the bridges. @internal */
export function checkBridges(cluster: Cluster, { config, node, vmid }: Guest, task: TaskLog): void {
  const { bridges } = cluster.node(node);
  for (let i = 0; i < 32; i++) {
    const line = config.get(`net${i}`);
    const card = line === undefined ? {} : properties(line, 'model');
    if (card.bridge === undefined || bridges.includes(card.bridge)) continue;
    const queues = card.queues === undefined || !('virtio' in card) ? '' : `,queues=${card.queues}`;
    const device = `type=tap,id=net${i},ifname=tap${vmid}i${i},script=/usr/libexec/qemu-server/pve-bridge,downscript=/usr/libexec/qemu-server/pve-bridgedown`;
    task.log(`bridge '${card.bridge}' does not exist`);
    task.log(`kvm: -netdev ${device}${'virtio' in card ? ',vhost=on' : ''}${queues}: network script /usr/libexec/qemu-server/pve-bridge failed with status 512`);
    throw failure('start failed: QEMU exited with code 1');
  }
}

function isVolume(file: string): boolean {
  return file.includes(':') && !file.startsWith('/');
}
