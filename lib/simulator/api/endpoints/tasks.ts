import { Caller } from '../../access/access-control';
import { failure } from '../../api-error';
import { Cluster } from '../../cluster';
import { FormatError, registerFormats, splitList } from '../../schema/formats';
import { Properties, choice, flag, integer, optional, text } from '../../schema/property';
import { Task } from '../../tasks';
import { Call, Endpoint } from '../endpoint';

registerFormats({
  'pve-task-status-type': (value) => {
    if (!/^(ok|error|warning|unknown)$/i.test(value)) throw new FormatError(`invalid status '${value}'`);
  },
});

const parameters: Properties = { node: text('The node.', { format: 'pve-node' }), upid: text('The task.') };

/** A task as lists have it. @internal */
export function describeTask(task: Task): { readonly [name: string]: unknown } {
  const [user, tokenid] = task.user.split('!');
  return {
    upid: task.upid,
    node: task.node,
    pid: task.pid,
    pstart: task.pstart,
    starttime: task.starttime,
    type: task.type,
    id: task.id,
    user,
    ...tokenid === undefined ? {} : { tokenid },
    ...task.endtime === undefined ? {} : { endtime: task.endtime },
    ...task.exitStatus === undefined ? {} : { status: task.exitStatus },
  };
}

/** A task that runs is told of as its worker has noted it: of a token with its whole name. */
function describeRunning(task: Task): { readonly [name: string]: unknown } {
  const { tokenid: _tokenid, ...described } = describeTask(task);
  return { ...described, user: task.user, saved: '0', status: 'RUNNING' };
}

/** Whether a task is in the list of all nodes: a user sees those of its tokens, too, a token not even its own. @internal */
export function maySeeTask({ access }: Cluster, { id }: Caller, task: Task): boolean {
  return task.user.split('!')[0] === id || access.allows(id, '/', ['Sys.Audit']);
}

function assertOwn({ access }: Cluster, { id }: Caller, user: string, node: string, privilege: string): void {
  if (user !== id && user.split('!')[0] !== id) access.check(id, `/nodes/${node}`, [privilege]);
}

/** The lines of the log of the task in the path; of a task that nobody knows it is said that there is no file. */
function linesOf({ cluster, caller, parameters: given, node }: Call): readonly string[] {
  const upid = given.text('upid');
  const user = cluster.tasks.ownerOf(upid);
  const task = cluster.tasks.all.get(upid);
  assertOwn(cluster, caller, user, node, 'Sys.Audit');
  if (task === undefined || task.lost) return ['unable to open file - No such file or directory'];
  return task.log.length === 0 ? ['no content'] : task.log;
}

/** The task in the path, if the caller may do this to it. */
function own({ cluster, caller, parameters: given, node }: Call, privilege: string): Task {
  const task = cluster.tasks.find(given.text('upid'));
  assertOwn(cluster, caller, task.user, node, privilege);
  return task;
}

function kindOf(status: string | undefined): string {
  if (status === undefined || status === 'unexpected status') return 'unknown';
  if (status === 'OK') return 'ok';
  return /^WARNINGS: \d+$/.test(status) ? 'warning' : 'error';
}

/** Tasks: what requests have started. @internal */
export const taskEndpoints: readonly Endpoint[] = [
  {
    method: 'GET',
    path: '/nodes/{node}/tasks',
    description: 'The tasks of a node that are the caller\'s or that it may look at, the last first.',
    parameters: {
      node: parameters.node,
      start: optional(integer('How many to leave out.', 0)),
      limit: optional(integer('How many to tell of, 50 unless said.', 0)),
      userfilter: optional(text('Only of users with this in their name.')),
      typefilter: optional(text('Only of this type.')),
      vmid: optional(integer('Only of this guest.', 100, 999999999, { format: 'pve-vmid' })),
      errors: optional(flag('Only those that failed.')),
      source: optional(choice('Those that have ended, those that run, or both.', 'archive', 'active', 'all')),
      since: optional(integer('Only those started since, in seconds since 1970.')),
      until: optional(integer('Only those started until, in seconds since 1970.')),
      statusfilter: optional(text('Only those that ended like this: ok, error, warning, unknown.', { format: 'pve-task-status-type-list' })),
    },
    permission: 'all',
    handle: ({ cluster, caller, parameters: given, node, extra }) => {
      const source = given.optional('source') ?? 'archive';
      const filter = given.flag('errors') ? ['warning', 'error', 'unknown'] : splitList((given.optional('statusfilter') ?? 'ok,warning,error,unknown').toLowerCase());
      const user = given.optional('userfilter')?.toLowerCase();
      const start = given.optionalNumber('start') ?? 0;
      const audits = cluster.access.allows(caller.id, `/nodes/${node}`, ['Sys.Audit']);
      const found = [...cluster.tasks.all.values()].reverse().filter((task) => task.node === node && !task.lost
        && (source === 'all' || (task.exitStatus === undefined) === (source === 'active'))
        && (user === undefined || task.user.split('!')[0].toLowerCase().includes(user))
        && (task.user === caller.id || task.user.split('!')[0] === caller.id || audits)
        && (!given.has('typefilter') || task.type === given.text('typefilter'))
        && (!given.has('vmid') || task.id === given.text('vmid'))
        && task.starttime >= (given.optionalNumber('since') ?? 0)
        && task.starttime <= (given.optionalNumber('until') ?? Infinity)
        && filter.includes(kindOf(task.exitStatus)));
      extra.total = found.length;
      const running = source === 'archive' ? [] : found.filter(({ exitStatus }) => exitStatus === undefined);
      return [...running, ...found.filter((task) => !running.includes(task))].slice(start, start + (given.optionalNumber('limit') ?? 50))
        .map((task) => task.exitStatus === undefined ? describeRunning(task) : describeTask(task));
    },
  },
  {
    method: 'GET',
    path: '/nodes/{node}/tasks/{upid}',
    description: 'What can be asked about a task.',
    parameters,
    permission: 'all',
    local: true,
    handle: () => [{ name: 'log' }, { name: 'status' }],
  },
  {
    method: 'DELETE',
    path: '/nodes/{node}/tasks/{upid}',
    description: 'Tells a task to stop.',
    parameters,
    permission: 'all',
    handle: (call) => {
      const task = own(call, 'Sys.Modify');
      if (task.exitStatus === undefined) task.stop();
      return null;
    },
  },
  {
    method: 'GET',
    path: '/nodes/{node}/tasks/{upid}/status',
    description: 'Whether a task runs, and how it ended.',
    parameters,
    permission: 'all',
    handle: (call) => {
      const task = own(call, 'Sys.Audit');
      const { endtime: _endtime, status: _status, ...described } = describeTask(task);
      return task.exitStatus === undefined ? { ...described, status: 'running' } : { ...described, status: 'stopped', exitstatus: task.exitStatus };
    },
  },
  {
    method: 'GET',
    path: '/nodes/{node}/tasks/{upid}/log',
    description: 'The log of a task.',
    parameters: {
      ...parameters,
      start: optional(integer('How many lines to leave out.', 0)),
      limit: optional(integer('How many lines to tell, 50 unless said, all by 0.', 0)),
      download: optional(flag('Not simulated: lines are told all the same.')),
    },
    permission: 'all',
    handle: (call) => {
      const lines = linesOf(call);
      const { parameters: given } = call;
      if (given.flag('download') && (given.has('start') || given.has('limit'))) throw failure('\'download\' cannot be used together with \'start\' or \'limit\' parameters');
      const start = call.parameters.optionalNumber('start') ?? 0;
      const limit = call.parameters.optionalNumber('limit') ?? 50;
      call.extra.total = lines.length;
      return lines.map((t, i) => ({ n: i + 1, t })).slice(start, limit === 0 ? undefined : start + limit);
    },
  },
];
