import { TalosCluster, ValidationError, talos } from '../../lib';
import { mapKey } from '../hcl/hostile';
import { fc } from '../support/fast-check';
import { stackWithCluster } from '../support/fixtures';
import { talosCluster } from './clusters';

/*
 * Whatever cluster is taken can be written, and its nodes have names and addresses that are theirs alone.
 */

const text = (value: number) => [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');
const host = () => fc.oneof(
  fc.domain(), fc.ipV4(), fc.stringMatching(/^[A-Za-z0-9.-]{1,30}$/), fc.stringMatching(/^([a-z0-9-]{1,63}\.){1,4}[a-z0-9]{1,5}\.?$/),
  fc.constantFrom('localhost', 'K8S.LAN', 'a.1', '1a', 'x.y.', 'a_b.c', 'xn--nxasmq6b'),
);

/** A cluster of any shape; where it is refused, undefined. */
function taken(define: () => TalosCluster): TalosCluster | undefined {
  try {
    return define();
  } catch (error) {
    if (error instanceof ValidationError) return undefined;
    throw error;
  }
}

function written(cluster: TalosCluster): { readonly name: string; readonly address: string }[] {
  const stack = cluster.node.scopes[1] as any;
  const { data } = stack.toTerraform();
  const patches = Object.values<any>(data.talos_machine_configuration).map(({ config_patches: list }) => list.join('\n'));
  return patches.map((list) => ({ name: /"hostname":"([^"]+)"/.exec(list)![1], address: /"address":"([^"]+)\/\d+"/.exec(list)![1] }));
}

test('networks, addresses and sizes', () => {
  let count = 0;
  fc.assert(fc.property(fc.integer({ min: 8, max: 30 }), fc.nat(), fc.uniqueArray(fc.nat(), { minLength: 1, maxLength: 8 }), (prefix, network, hosts) => {
    const size = 2 ** (32 - prefix);
    const base = (network % 2 ** prefix) * size;
    const addresses = hosts.map((one) => text(base + one % size));
    const cluster = taken(() => {
      const made = talosCluster(stackWithCluster(), { network: { subnet: `${text(base)}/${prefix}` }, controlPlane: { addresses: addresses.slice(0, 1) } });
      if (addresses.length > 1) made.addPool('W', { addresses: addresses.slice(1) });
      return made;
    });
    if (cluster === undefined) return;
    count += 1;
    const nodes = written(cluster);
    expect(nodes.map(({ address }) => address).sort()).toEqual([...addresses].sort());
    expect(new Set(nodes.map(({ name }) => name)).size).toBe(addresses.length);
  }), { numRuns: 100 });
  expect(count).toBeGreaterThan(20);
}, 60_000);

test('names of clusters and pools', () => {
  let count = 0;
  const ids = fc.oneof(fc.stringMatching(/^[A-Za-z0-9-]{1,30}$/), mapKey(), fc.constantFrom('Ünï', 'a.b', 'GPU pool', 'x'.repeat(40), '--a', 'a--', '7'))
    // Names that every object has are taken for those of constructs by the library of constructs.
    .filter((id) => id !== '' && !id.includes('/') && !(id in {}));
  fc.assert(fc.property(fc.oneof(fc.stringMatching(/^[a-z0-9-]{1,33}$/), fc.constant(undefined)), ids, (clusterName, id) => {
    const cluster = taken(() => {
      const made = talosCluster(stackWithCluster(), { clusterName });
      made.addPool(id, { addresses: ['192.168.1.21'] });
      return made;
    });
    if (cluster === undefined || cluster.workerPools.length === 0) return;
    count += 1;
    for (const { name } of written(cluster)) expect(name).toMatch(/^(?=.{1,63}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?$/);
  }), { numRuns: 100 });
  expect(count).toBeGreaterThan(20);
}, 60_000);

test('endpoints', () => {
  let count = 0;
  fc.assert(fc.property(host(), fc.integer({ min: 0, max: 65_536 }), (name, port) => {
    const cluster = taken(() => talosCluster(stackWithCluster(), { endpoint: talos.ClusterEndpoint.host(name, port) }));
    if (cluster === undefined) return;
    count += 1;
    expect(written(cluster)).toEqual([{ name: 'k8s-control-plane-11', address: '192.168.1.11' }]);
    expect(new URL(cluster.endpoint).hostname).toBe(name.toLowerCase());
  }), { numRuns: 150 });
  expect(count).toBeGreaterThan(20);
}, 60_000);
