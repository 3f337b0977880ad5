import { Call } from '../api/endpoint';
import { failure } from '../api-error';
import { Cluster } from '../cluster';
import { EngineError } from '../engine/engine';
import { isRunning } from './machine';
import { monitorRight } from './monitor-rights';
import { refuseUnlessRoot } from './root-only';

/** Presses a key. @internal */
export async function sendKey({ cluster, caller, parameters, node }: Call): Promise<null> {
  refuseUnlessRoot(caller, parameters, 'skiplock');
  const vmid = parameters.number('vmid');
  const key = parameters.text('key');
  return cluster.locks.hold(vmid, async () => {
    if (!isRunning(cluster, cluster.machine(node, vmid))) throw failure(`VM ${vmid} not running`);
    // The monitor never answers to what is no ASCII.
    if (/[^\0-\x7f]/.test(key)) throw failure(`VM ${vmid} qmp command 'human-monitor-command' failed - got timeout`);
    try {
      await cluster.engine.sendKey(vmid, key);
      return null;
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      // The carriage return of the monitor's own text is what makes the answer a bare 400.
      throw failure(error.message.replace(/\n$/, '').replace(/\r?$/, '\r'));
    }
  });
}

/** Gives a line to QEMU's monitor; what goes wrong is text, too. @internal */
export async function monitor({ cluster, caller, parameters, node }: Call): Promise<string> {
  const vmid = parameters.number('vmid');
  const command = parameters.text('command');
  checkRight(cluster, caller.id, command);
  if (!isRunning(cluster, cluster.machine(node, vmid))) return `ERROR: VM ${vmid} not running\n`;
  try {
    return await cluster.engine.monitor(vmid, command);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    return `ERROR: ${error.message}\n`;
  }
}

function checkRight(cluster: Cluster, caller: string, command: string): void {
  if (cluster.version.line === '8.4') {
    if (!/^\s*info(\s+|$)|^\s*help\s*$/.test(command)) cluster.access.check(caller, '/', ['Sys.Modify']);
    return;
  }
  if (command === '' || command === '0') throw failure('no command specified');
  const name = /^\s*(\S+)/.exec(command)?.[1];
  if (name === undefined) throw failure(`unexpected command '${command}'`);
  const right = monitorRight(name);
  if (caller === 'root@pam' || right === 'none') return;
  if (right === undefined) throw failure(`command '${name}' non-existent or not assigned a required permission yet, limiting to root user`);
  if (right === 'root') throw failure(`root-only command '${name}'`);
  cluster.access.check(caller, '/', ['Sys.Modify']);
}
