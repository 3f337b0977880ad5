import { requestProperties } from '../../../lib/simulator/qemu/options';
import { Property } from '../../../lib/simulator/schema/property';
import { versions } from '../../../lib/simulator/version';
import { fc } from '../../support/fast-check';
import { ConfigServer } from './config-server';

const words = [
  'local:1', 'thin:1', 'local:cloudinit', 'none', 'local:100/vm-100-disk-0.raw', 'thin:vm-100-disk-0', '0000:01:00.0', 'dhcp', '192.0.2.1/24', 'order=scsi0', 'scsi0;net0',
  'x', 'abc', 'q35', 'host', '10G', 'vmbr0', '0-3', '1', 'socket', 'local:iso/a.iso', 'local:import/a.raw', 'local:0', '0x1234', '%20', '',
];

/** A value that a property may well allow. */
function valueOf(property: Property): fc.Arbitrary<string> {
  if (typeof property.format === 'object') {
    const keys = Object.entries(property.format.properties).filter(([, { alias }]) => alias === undefined);
    const parts = keys.map(([key, one]) => fc.option(valueOf(one), { freq: one.optional ? 1 : 20, nil: undefined }).map((value) => value === undefined ? [] : [`${key}=${value}`]));
    return fc.tuple(...parts).map((all) => all.flat().join(','));
  }
  if (property.enum) return fc.constantFrom(...property.enum);
  if (property.type === 'boolean') return fc.constantFrom('0', '1');
  if (property.type === 'integer') return fc.integer({ min: property.minimum ?? 0, max: (property.minimum ?? 0) + 3 }).map(String);
  return fc.constantFrom(...words);
}

const properties = requestProperties(versions['8.4']);
const often = ['scsi0', 'scsi1', 'ide2', 'net0', 'boot', 'cipassword', 'tags', 'efidisk0', 'tpmstate0', 'virtio0', 'memory', 'balloon', 'sata0', 'name'];
const name = fc.oneof(fc.constantFrom(...often), fc.constantFrom(...Object.keys(properties).filter((key) => !/^unused\d\d/.test(key))));
const option = name.chain((key) => valueOf(properties[key]).map((value) => [key, value] as const));
const options = fc.array(option, { minLength: 1, maxLength: 4 }).map((pairs) => Object.fromEntries(pairs));
const request = fc.record({
  vmid: fc.constantFrom(100, 101),
  what: fc.constantFrom('PUT /config', 'PUT /config', 'POST /config', 'POST /status/start', 'POST /status/stop', 'GET /pending', 'GET /config', 'GET /cloudinit'),
  options,
  deletion: fc.option(name, { freq: 4, nil: undefined }),
});

test('any request is answered or refused, and no disk is lost', async () => {
  await fc.assert(fc.asyncProperty(fc.array(request, { minLength: 10, maxLength: 40 }), async (requests) => {
    const server = new ConfigServer();
    const { cluster } = server;
    for (const { vmid, what, options: values, deletion } of requests) {
      const [method, path] = what.split(' ');
      const changes = path === '/config' && method !== 'GET' ? { ...values, ...deletion === undefined ? {} : { delete: deletion } } : {};
      // Anything but an answer of the API is thrown on.
      if (cluster.guests.has(vmid)) await server.refusal(method, `/${vmid}${path}`, changes);
      else await server.refusal('POST', '', { vmid, ...values });
      await cluster.tasks.idle();
      for (const { exitStatus } of cluster.tasks.all.values()) expect(exitStatus).not.toMatch(/undefined|is not a function|no parameter/);
      for (const guest of cluster.guests.values()) {
        const known = [...guest.config.values(), ...guest.pending.values()].map((line) => line.split(',')[0]);
        expect(cluster.volumes.of(guest.vmid).map(({ volid }) => volid).filter((volid) => !known.includes(volid))).toEqual([]);
      }
    }
    for (const vmid of cluster.guests.keys()) {
      const guest = cluster.guests.get(vmid)!;
      if (guest.startedAt !== undefined) await server.end(await server.ask('POST', `/${vmid}/status/stop`));
      guest.config.delete('protection');
      guest.config.delete('lock');
      await server.end(await server.ask('DELETE', `/${vmid}`));
      expect(cluster.volumes.of(vmid)).toEqual([]);
    }
  }), { numRuns: 60, seed: 4 });
}, 60_000);
