import { randomUUID } from 'node:crypto';
import { Call } from '../api/endpoint';
import { ApiError, failure } from '../api-error';
import { splitList } from '../schema/formats';
import { Guest } from '../state/guest';
import { VolumeLog } from '../storage/transfer';
import { normalize } from './config';
import { checkDrives, checkStorageAccess } from './drive-checks';
import { hotplugPending } from './hotplug';
import { isRunning, properties, refuseLocked } from './machine';
import { parseNetwork, printNetwork } from './network';
import { configProperties, requestProperties } from './options';
import { applyPending, cleanUpPending } from './pending';
import { Actor, Options, checkBridges, checkOptions } from './permissions';
import { clamped, resolveCdrom } from './request';
import { refuseUnlessRoot } from './root-only';
import { checkSshKeys } from './ssh-keys';
import { Change, deleteOption, setOption } from './update-option';

/** A change of a configuration as it was asked for, checked as far as that goes without the machine. */
interface Request {
  readonly actor: Actor;
  readonly options: { [option: string]: string };
  readonly deletions: string[];
  readonly reverts: readonly string[];
  readonly digest?: string;
  readonly skiplock: boolean;
  readonly force: boolean;
  /** `-name x -onboot 1`, for logs. */
  readonly text: string;
}

const notLogged = ['node', 'vmid', 'digest', 'background_delay', 'skip_cloud_init', 'import-working-storage'];
const wrong = (name: string, text: string) => ApiError.parameters({ [name]: text });

/** Changes a machine's configuration, and answers when that is done. @internal */
export async function updateMachine(call: Call): Promise<void> {
  const request = readRequest(call);
  await call.cluster.locks.hold(request.actor.vmid, async () => {
    const guest = checkAgainst(call, request);
    await change(call, request, guest, () => undefined);
  });
}

/**
 * Starts to change a machine's configuration; its lock is held until the task has ended.
 *
 * @returns the id of the task; nothing if it ended within `background_delay`
 * @internal
 */
export async function startUpdate(call: Call): Promise<string | undefined> {
  const { cluster, parameters } = call;
  const request = readRequest(call);
  const { vmid } = request.actor;
  const upid = await new Promise<string>((resolve, reject) => {
    cluster.locks.hold(vmid, async () => {
      const guest = checkAgainst(call, request);
      const id = call.task('qmconfig', `${vmid}`, ({ log }) => change(call, request, guest, log));
      resolve(id);
      await cluster.tasks.find(id).done;
    }).catch(reject);
  });
  const delay = parameters.optionalNumber('background_delay');
  return delay === undefined || !await endsWithin(call, upid, delay) ? upid : undefined;
}

/** Whether a task ends within some seconds. @throws ApiError when it ends badly */
async function endsWithin({ cluster, parameters }: Call, upid: string, seconds: number): Promise<boolean> {
  const task = cluster.tasks.find(upid);
  let timer: NodeJS.Timeout | undefined;
  await Promise.race([task.done, new Promise((resolve) => {
    timer = setTimeout(resolve, seconds * 1000);
  })]);
  clearTimeout(timer);
  if (task.exitStatus === undefined) return false;
  if (task.exitStatus !== 'OK' && !task.exitStatus.startsWith('WARNINGS')) throw failure(`failed to update VM ${parameters.text('vmid')}: ${task.exitStatus}`);
  return true;
}

function readRequest({ cluster, caller, parameters, node }: Call): Request {
  const names = parameters.names(...notLogged).sort();
  const text = names.map((name) => `-${name} ${name === 'cipassword' ? '<hidden>' : parameters.text(name)}`).join(' ');
  refuseUnlessRoot(caller, parameters, 'skiplock');
  const known = requestProperties(cluster.version);
  const given = Object.fromEntries(names.filter((name) => known[name] !== undefined).map((name) => [name, parameters.text(name)]));
  if (given.sshkeys !== undefined) checkSshKeys(given.sshkeys);
  const lists = { delete: parameters.optional('delete') ?? '', revert: parameters.optional('revert') ?? '' };
  if ([lists.delete, lists.revert].every((list) => list === '' || list === '0') && Object.keys(given).length === 0) throw failure('no options specified');
  const options = resolveCdrom(clamped(given));
  const exists = (option: string) => configProperties(cluster.version)[option] !== undefined;
  const reverts = splitList(lists.revert);
  for (const option of reverts) {
    if (!exists(option)) throw wrong('revert', `unknown option '${option}'`);
    if (options[option] !== undefined) throw wrong('delete', `you can't use '-${option}' and -revert ${option}' at the same time`);
  }
  const deletions = splitList(lists.delete).map((option) => option === 'cdrom' ? 'ide2' : option);
  for (const option of deletions) {
    if (options[option] !== undefined) throw wrong('delete', `you can't use '-${option}' and -delete ${option}' at the same time`);
    if (reverts.includes(option)) throw wrong('revert', `you can't use '-delete ${option}' and -revert ${option}' at the same time`);
    if (!exists(option)) throw wrong('delete', `unknown option '${option}'`);
  }
  const actor: Actor = { cluster, caller, vmid: parameters.number('vmid') };
  const checked = completed(checkDrives(cluster, node, options));
  checkHookScript(actor, node, checked);
  checkOptions(actor, deletions);
  checkOptions(actor, Object.keys(checked));
  checkStorageAccess(actor, checked, undefined, parameters.optional('import-working-storage'));
  checkBridges(actor, checked);
  return {
    actor, options: checked, deletions, reverts, digest: parameters.optional('digest'), skiplock: parameters.flag('skiplock'), force: parameters.flag('force'), text,
  };
}

/** Options with the addresses and ids that are made where none are given. */
function completed(options: Options): { [option: string]: string } {
  return Object.fromEntries(Object.entries(options).map(([option, value]) => {
    if (/^net\d+$/.test(option)) return [option, printNetwork(parseNetwork(value))];
    return [option, option === 'vmgenid' && value === '1' ? randomUUID() : value];
  }));
}

function checkHookScript({ cluster }: Actor, node: string, { hookscript }: Options): void {
  if (hookscript === undefined) return;
  const { volumes } = cluster;
  const refuse = (text: string) => wrong('hookscript', `${text}\n`);
  if (volumes.parse(hookscript).content !== 'snippets') throw refuse(`'${hookscript}' is not in the snippets directory`);
  if (volumes.look(node, hookscript) === undefined) throw refuse(`script '${hookscript}' does not exist`);
}

/** Checks a request against the machine as it is, and turns what is to be reverted into a change or a deletion. */
function checkAgainst({ cluster, node }: Call, request: Request): Guest {
  const { actor, options, deletions } = request;
  const guest = cluster.machine(node, actor.vmid);
  if (request.digest && request.digest !== '0' && request.digest !== guest.digest) throw failure('checksum mismatch (file change by other user?)');
  const lock = guest.config.get('lock');
  if (deletions.includes('vmstate') && lock === 'suspended') deletions.push('lock');
  else if (!request.skiplock) refuseLocked(guest);
  for (const option of request.reverts) {
    const value = guest.config.get(option);
    if (value !== undefined) options[option] = value;
    else if (guest.pending.has(option)) deletions.push(option);
  }
  checkBalloon(guest, options);
  return guest;
}

function checkBalloon({ config, pending }: Guest, options: Options): void {
  if (!options.memory && options.balloon === undefined) return;
  const memory = options.memory || pending.get('memory') || config.get('memory') || '512';
  const balloon = Number(options.balloon ?? (pending.get('balloon') || config.get('balloon') || 0));
  if (balloon > Number(properties(memory, 'current').current)) throw failure('balloon value too large (must be smaller than assigned memory)');
}

/** Each option is written when it is done: one that fails leaves nothing. */
async function orUnchanged(guest: Guest, work: () => Promise<void>): Promise<void> {
  const before = [new Map(guest.config), new Map(guest.pending), new Map(guest.pendingDelete)] as const;
  try {
    await work();
  } catch (error) {
    [guest.config, guest.pending, guest.pendingDelete] = before;
    throw error;
  }
}

/** Writes what is asked for into what is pending, and applies of that what can be applied. */
async function change({ cluster, node }: Call, request: Request, guest: Guest, log: VolumeLog): Promise<void> {
  const { actor, options, deletions, force, text } = request;
  log(`update VM ${actor.vmid}: ${text}`);
  const modified = new Set<string>();
  const bootOrder = splitList(properties(guest.config.get('boot') ?? '', 'legacy').order ?? '');
  const step: Change = { actor, node, guest, options, deletions, force, modified, bootOrder, log };
  for (const option of deletions) await orUnchanged(guest, () => deleteOption(step, option));
  // A new CD drive is added to the order that was; an order that is asked for wins.
  const inOrder = Object.keys(options).sort((a, b) => Number(a === 'boot') - Number(b === 'boot') || (a < b ? -1 : 1));
  for (const option of inOrder) {
    await orUnchanged(guest, async () => {
      await setOption(step, option, options[option]);
      normalize(cluster, guest);
    });
  }
  cleanUpPending(guest);
  if (guest.pending.size === 0 && guest.pendingDelete.size === 0) return;
  const errors = isRunning(cluster, guest) ? await hotplugPending(cluster, actor, guest, modified, log) : await applyPending(cluster, guest, log, actor);
  if (Object.keys(errors).length > 0) throw ApiError.parameters(errors);
}
