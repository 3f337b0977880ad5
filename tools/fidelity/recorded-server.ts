import { Readable } from 'node:stream';
import { endpoints } from '../../lib/simulator/api/endpoints';
import { Router } from '../../lib/simulator/api/router';
import { Cluster } from '../../lib/simulator/cluster';
import { NoneEngine } from '../../lib/simulator/engine/none-engine';
import { certify } from '../../lib/simulator/http/certificate';
import { ApiServer } from '../../lib/simulator/http/server';
import { StorageKind } from '../../lib/simulator/pve-simulator-props';
import { setUp } from '../../lib/simulator/setup';
import { qcow2Header } from '../../lib/simulator/storage/qcow2-header';
import { PveVersion, versions } from '../../lib/simulator/version';
import { Exchange } from './exchange';

export const tokens = {
  root: 'root@pam!test=00000000-0000-4000-8000-000000000001',
  limited: 'pkr@pve!t1=00000000-0000-4000-8000-000000000002',
};

/** A simulated server that is set up as the recorded one was, with the time of the recording. */
export class RecordedServer {
  public static async start(line: PveVersion['line']): Promise<RecordedServer> {
    const clock = { now: 0 };
    const engine = new NoneEngine();
    const cluster = new Cluster({ version: versions[line], engine, taskDuration: 0, statusLag: 10_000, now: () => clock.now });
    setUp(cluster, {
      storages: [
        { name: 'local', kind: StorageKind.DIRECTORY, content: ['images', 'iso', 'backup', 'vztmpl', 'import', 'snippets'] },
        { name: 'extra', kind: StorageKind.DIRECTORY, content: ['images'], path: '/srv/extra' },
      ],
      tokens: [{
        id: 'pkr@pve!t1',
        secret: tokens.limited.split('=')[1],
        permissions: [
          {
            path: '/vms',
            privileges: [
              'VM.Audit', 'VM.Clone', 'VM.Allocate', 'VM.Config.Options', 'VM.Config.Cloudinit', 'VM.Config.CPU', 'VM.Config.Memory', 'VM.Config.Network',
              'VM.Config.HWType', 'VM.Config.CDROM', 'VM.PowerMgmt', ...line === '8.4' ? ['VM.Monitor'] : ['VM.GuestAgent.Audit'],
            ],
          },
          { path: '/storage/local', privileges: ['Datastore.Allocate', 'Datastore.AllocateSpace', 'Datastore.AllocateTemplate'] },
          { path: '/sdn/zones/localnetwork', privileges: ['SDN.Use'] },
        ],
      }],
    });
    cluster.access.users.get('root@pam')!.tokens.set('test', { id: 'test', secret: tokens.root.split('=')[1], privilegeSeparation: false, expire: 0 });
    await engine.open();
    await cluster.volumes.receive('pve', 'local:import/base.qcow2', Readable.from([qcow2Header(3 * 1024 ** 3)]));
    const server = new ApiServer(cluster, new Router(endpoints, cluster.version), certify({ name: 'pve', goodFor: ['127.0.0.1'] }));
    const port = await server.listen('127.0.0.1', 0);
    return new RecordedServer(`https://127.0.0.1:${port}`, clock, async () => {
      await server.close();
      await engine.close();
    });
  }

  private constructor(public readonly endpoint: string, private readonly clock: { now: number }, public readonly stop: () => Promise<void>) {}

  /** Sets the clock to when an exchange was recorded, as far as it says. */
  public at({ task }: Exchange): void {
    const time = task?.status.starttime;
    if (typeof time === 'number') this.clock.now = Math.max(this.clock.now, time * 1000);
  }
}
