// A simulated server in a process of its own: `node server.mjs DIST`. Says where it is, and on each message what it has cost so far.
import { createRequire } from 'node:module';

const { PveSimulator } = createRequire(import.meta.url)(`${process.argv[2]}/simulator/index.js`);
const pve = await PveSimulator.start();
await pve.call('POST', '/nodes/pve/qemu', {
  vmid: '900', name: 'template', cores: '1', memory: '1024', scsihw: 'virtio-scsi-single', scsi0: 'local-lvm:4', scsi2: 'local-lvm:cloudinit', boot: 'order=scsi0',
  net0: 'virtio,bridge=vmbr0',
});
await pve.call('POST', '/nodes/pve/qemu/900/template');

process.on('message', async ({ machines, stop }) => {
  for (let i = 0; i < (machines ?? 0); i++) await pve.call('POST', '/nodes/pve/qemu', { vmid: `${1000 + i}`, name: `machine-${i}`, cores: '2', memory: '2048', net0: 'virtio,bridge=vmbr0' });
  const { user, system } = process.cpuUsage();
  const { rss, heapUsed } = process.memoryUsage();
  process.send({ cpuMs: (user + system) / 1000, rssMib: rss / 1024 ** 2, heapMib: heapUsed / 1024 ** 2, vms: pve.vms.length, running: pve.vms.filter((vm) => vm.running).length, requests: pve.requests.length });
  if (stop) {
    await pve.stop();
    process.disconnect();
  }
});
process.send({ endpoint: pve.endpoint, certificate: pve.certificate, apiToken: pve.apiToken });
