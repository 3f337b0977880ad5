import { Cni, CniContext } from '../../lib/talos/cni';
import { ConfigContract } from '../../lib/talos/config-contract';
import { ConfigPatch } from '../../lib/talos/config-patch';
import { MachineType } from '../../lib/talos/machine-type';
import { PatchDocument } from '../../lib/talos/patch-document';

function bind(cni: Cni): PatchDocument[] {
  const context = { contract: ConfigContract.V1_13, machineType: MachineType.CONTROL_PLANE, path: 'homelab/Cluster' };
  return cni.bind({ machines: 1 }).flatMap((patch) => patch.bind(context));
}

test('each network has a name', () => {
  expect([Cni.cilium(), Cni.flannel(), Cni.none()].map(({ cniName }) => cniName)).toEqual(['cilium', 'flannel', 'none']);
});

test('Flannel is what Talos brings', () => {
  expect(bind(Cni.flannel())).toEqual([]);
});

test('none leaves kube-proxy', () => {
  expect(bind(Cni.none())).toEqual([{ cluster: { network: { cni: { name: 'none' } } } }]);
});

test('the patches are handed out as copies', () => {
  const cni = Cni.none();
  cni.bind({ machines: 1 }).pop();
  expect(bind(cni)).toHaveLength(1);
});

test('a network of one\'s own needs a name and patches', () => {
  class Calico extends Cni {
    public readonly cniName = 'calico';

    public bind({ machines }: CniContext): ConfigPatch[] {
      return [ConfigPatch.noCni(), ConfigPatch.externalManifest('calico', `https://example.com/calico-${machines}.yaml`)];
    }
  }
  expect(bind(new Calico())).toEqual([
    { cluster: { network: { cni: { name: 'none' } } } },
    { cluster: { extraManifests: ['https://example.com/calico-1.yaml'] } },
  ]);
});
