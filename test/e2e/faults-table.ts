import { Fault } from '../../lib/simulator';
import { Checkout, CheckoutOptions, Site } from './faults-site';

/** Where a fault strikes. */
export interface Scene {
  readonly site: Site;
  readonly checkout: Checkout;
}

/** Something that goes wrong in the middle of a deploy, and how the deploy is to end. */
export interface FaultCase {
  readonly name: string;
  /** What the server does. */
  readonly faults?: readonly Fault[];
  /** What else happens, and when. */
  readonly arrange?: (scene: Scene) => unknown;
  /** What is put right before the second deploy, beside the end of the faults. */
  readonly repair?: (scene: Scene) => unknown;
  /** What the error says: what went wrong, where, and of our own messages what to do. @default - the deploy ends well in spite of it */
  readonly error?: readonly RegExp[];
  /** Whether the deploy rebuilds an image of which a good template stands. @default - it is the first deploy */
  readonly rebuild?: boolean;
  /** Whether that template stays. @default true */
  readonly keeps?: boolean;
  readonly options?: CheckoutOptions;
}

const always = Number.MAX_SAFE_INTEGER;
const create = { method: 'POST', path: '/nodes/pve/qemu' };
const bakeClone = { method: 'POST', path: '/nodes/pve/qemu/9100/clone' };
const machineClone = { method: 'POST', path: '/nodes/pve/qemu/9101/clone' };
const download = { method: 'POST', path: '/nodes/pve/storage/local/download-url' };
const upload = { method: 'POST', path: '/nodes/pve/storage/local/upload' };
const allFail = (status: number, reason: string) => ({ path: '/**', times: always, status, reason });
const started = /^\/nodes\/pve\/qemu\/\d+\/status\/start$/;
const uploaded = /\/storage\/local\/upload$/;

const revoked = ({ site }: Scene) => site.when('POST', started, () => site.pve.addFault(allFail(401, 'no such token')));
const kill = (wanted: RegExp, signal: NodeJS.Signals) => ({ site, checkout }: Scene) => site.when('POST', started, () => setTimeout(() => {
  const pids = checkout.processes(wanted);
  if (pids.length === 0) console.log(`no process is ${wanted}`);
  pids.forEach((pid) => process.kill(pid, signal));
}, 300));

const packer = /packer\.mjs build|packer build/;
const program = /^\S*node \S*deploy\.mjs build ?$/;
const terraform = /^\S*(terraform|tofu) -chdir=\S+ apply/;
/** What the provider waits for half an hour and more, also when it is interrupted: a task that the server has forgotten. Whoever deploys gives up. */
const giveUp = (after: RegExp, count = 0) => ({ site, checkout }: Scene) => site.when('POST', after, () => setTimeout(() => {
  checkout.processes(/^\S*(terraform|tofu|provider)\S*( |$)/).forEach((pid) => process.kill(pid, 'SIGKILL'));
}, 1500), count);
/** What nobody can know for ours is deleted by hand: a machine without a name or tags, and a clone of which the answer was lost. */
const byHand = (...ids: number[]) => async ({ site }: Scene) => {
  for (const id of ids) await site.pve.call('DELETE', `/nodes/pve/qemu/${id}`, { skiplock: '1' });
};
const slow = { environment: { QUICK_PACKER_BAKE: '30000' } };

/** Faults of the first deploy, when nothing stands yet. */
export const firstDeploy: readonly FaultCase[] = [
  { name: '401 for everything', faults: [allFail(401, 'authentication failure')], error: [/401/, /authentication failure|nodes/] },
  { name: '401 once', faults: [{ path: '/nodes', status: 401, reason: 'authentication failure' }], error: [/401/] },
  { name: 'token revoked while the image is built', arrange: revoked, error: [/401 no such token/, /Check the API token in TF_VAR_proxmox_api_token/] },
  { name: '403: the download', faults: [{ ...download, status: 403, reason: 'Permission check failed (/storage/local, Datastore.AllocateTemplate)' }], error: [/403/, /Datastore\.AllocateTemplate/] },
  { name: '403: creating the base', faults: [{ ...create, status: 403, reason: 'Permission check failed (/vms/9100, VM.Allocate)', times: always }], error: [/403/, /\/vms\/9100, VM\.Allocate/] },
  { name: '403: cloning the base', faults: [{ ...bakeClone, status: 403, reason: 'Permission check failed (/vms/9101, VM.Allocate)' }], error: [/Error creating VM: 403 .*\/vms\/9101, VM\.Allocate/] },
  { name: '403: configuring the build machine', faults: [{ method: 'PUT', path: '/nodes/pve/qemu/9101/config', status: 403, reason: 'Permission check failed (/vms/9101, VM.Config.CPU)' }], error: [/403 .*VM\.Config\.CPU/, /Removed what a build left/] },
  { name: '403: cloning the image', faults: [{ ...machineClone, status: 403, reason: 'Permission check failed (/vms/9101, VM.Clone)', times: always }], error: [/403/, /VM\.Clone/] },
  { name: '403: deleting the seed ISO', faults: [{ method: 'DELETE', path: '/nodes/pve/storage/local/content/**', status: 403, reason: 'Permission check failed (/storage/local, Datastore.Allocate)' }], error: [/Datastore\.Allocate/] },
  { name: '500: creating the base', faults: [{ ...create, status: 500, reason: 'got no worker upid - start worker failed', times: always }], error: [/start worker failed/] },
  { name: '500: storage missing', faults: [{ ...create, status: 500, reason: "storage 'local-zfs' does not exist", times: always }], error: [/storage 'local-zfs' does not exist/] },
  { name: '500: upload of the seed ISO', faults: [{ ...upload, status: 500, reason: 'unable to create temporary directory' }], error: [/unable to create temporary directory/] },
  { name: '595: who holds the id', faults: [{ path: '/cluster/nextid', status: 595, reason: 'Connection refused' }] },
  { name: '595: privileges, again and again', faults: [{ path: '/access/permissions', status: 595, reason: 'Connection refused', times: always }], error: [/595 Connection refused/] },
  { name: '596: configuration of a machine', faults: [{ method: 'PUT', path: '/nodes/pve/qemu/500/config', status: 596, reason: 'Connection timed out', times: always }], error: [/596/] },
  { name: '596: state of a task of the build', faults: [{ path: '/nodes/pve/tasks/**', after: 3, status: 596, reason: 'Broken pipe', times: always }], error: [/596/] },
  { name: 'connection dropped: who holds the id', faults: [{ path: '/cluster/nextid', drop: true }] },
  { name: 'connection dropped before the base is created', faults: [{ ...create, drop: true, times: always }], error: [/EOF|reset/] },
  { name: 'connection dropped after the base was created', faults: [{ ...create, drop: true, done: true }], error: [/VM create .*EOF/] },
  { name: 'connection dropped before the clone of the base', faults: [{ ...bakeClone, drop: true }], error: [/Error creating VM/] },
  { name: 'connection dropped after the clone of the base', faults: [{ ...bakeClone, drop: true, done: true }], error: [/Error creating VM/] },
  { name: 'connection dropped before the clone of the image', faults: [{ ...machineClone, drop: true, times: 8 }], error: [/EOF|reset/] },
  { name: 'connection dropped after the clone of the image', faults: [{ ...machineClone, drop: true, done: true, times: 2 }], error: [/VM clone/, /EOF/], repair: ({ site }) => byHand(...site.pve.vms.filter(({ name }) => ['fixed', 'free'].includes(name)).map(({ vmId }) => vmId))({ site } as Scene) },
  { name: 'lost task: download', faults: [{ taskType: 'download', lost: true }], arrange: giveUp(/download-url$/), error: [/^/] },
  { name: 'lost task: creation of the base', faults: [{ taskType: 'qmcreate', lost: true }], arrange: giveUp(/pve\/qemu$/), error: [/^/], repair: byHand(9100) },
  { name: 'lost task: clone of the base', faults: [{ taskType: 'qmclone', lost: true }], error: [/Error creating VM/] },
  { name: 'lost task: clone of the image', faults: [{ taskType: 'qmclone', lost: true, after: 1, times: 2 }], arrange: giveUp(/9101\/clone$/), error: [/^/] },
  { name: 'lost task: start of the build machine', faults: [{ taskType: 'qmstart', lost: true }], error: [/Error starting VM/] },
  { name: 'failed task: download', faults: [{ taskType: 'download', failure: 'download failed: exit code 8' }], error: [/download failed: exit code 8/] },
  { name: 'failed task: creation of the base', faults: [{ taskType: 'qmcreate', failure: "unable to create VM 9100 - cannot import from 'local:import/x.qcow2' - copy failed" }], error: [/copy failed/] },
  { name: 'failed task: conversion of the base', faults: [{ taskType: 'qmtemplate', failure: 'zfs error: cannot rename' }], error: [/cannot rename/] },
  { name: 'failed task: clone of the base', faults: [{ taskType: 'qmclone', failure: 'clone failed: interrupted by signal' }], error: [/clone failed: interrupted by signal/] },
  { name: 'failed task: conversion of the image', faults: [{ taskType: 'qmtemplate', failure: 'zfs error: cannot rename', after: 1 }], error: [/Error converting VM to template: zfs error/] },
  { name: 'failed task: clone of the image', faults: [{ taskType: 'qmclone', failure: 'clone failed: interrupted by signal', after: 1, times: 8 }], error: [/clone failed: interrupted by signal/] },
  { name: 'start refused: build machine', faults: [{ taskType: 'qmstart', failure: 'start failed: QEMU exited with code 1' }], error: [/Error starting VM: start failed/] },
  { name: 'start refused: machine', faults: [{ taskType: 'qmstart', failure: 'start failed: QEMU exited with code 1', after: 1, times: 2 }], error: [/start failed: QEMU exited with code 1/] },
  { name: 'storage of files full', faults: [{ fullStorage: 'local', times: always }], error: [/No space left|full|out of space|failed/i] },
  { name: 'storage of disks full', faults: [{ fullStorage: 'local-zfs', times: always }], error: [/out of space|No space|copy failed/i] },
  {
    name: 'storage of disks full when the image is built',
    arrange: ({ site }) => site.when('POST', uploaded, () => site.pve.addFault({ fullStorage: 'local-zfs', times: always })),
    error: [/Error creating VM: clone failed: .*(copy failed|out of space|No space)/i],
  },
  { name: 'lock timeout: build machine', faults: [{ lockTimeout: 9101, times: always }], error: [/can't lock file '\/var\/lock\/qemu-server\/lock-9101\.conf' - got timeout/] },
  { name: 'lock timeout: clone of the image', faults: [{ lockTimeout: 500 }], error: [/lock-500\.conf' - got timeout/] },
  { name: 'lock timeout: machine', faults: [{ lockTimeout: 500, times: always }], error: [/lock-500\.conf' - got timeout/] },
  {
    name: 'id of the base taken between plan and apply',
    arrange: ({ site }) => site.when('POST', /download-url$/, () => site.addStranger(9100)),
    repair: ({ site }) => site.removeStranger(9100),
    error: [/VM id 9100 is held by stranger-9100 on pve/, /another vmId/],
  },
  {
    name: 'id of the image taken between plan and build',
    arrange: ({ site }) => site.when('POST', /download-url$/, () => site.addStranger(9101)),
    repair: ({ site }) => site.removeStranger(9101),
    error: [/VM id 9101 is held by the virtual machine stranger-9101 on pve/, /another vmId/],
  },
  {
    name: 'id of the image taken between guard and clone',
    arrange: ({ site }) => site.when('POST', uploaded, () => site.addStranger(9101)),
    repair: ({ site }) => site.removeStranger(9101),
    error: [/already exists|config file already exists/, /Something took VM id 9101 while this build went on/],
  },
  {
    name: 'id of a machine taken between plan and apply',
    arrange: ({ site }) => site.when('POST', uploaded, () => site.addStranger(500)),
    repair: ({ site }) => site.removeStranger(500),
    error: [/500/, /already exists/],
  },
  {
    name: 'base deleted before the build',
    arrange: ({ site }) => site.when('POST', uploaded, () => site.pve.call('DELETE', '/nodes/pve/qemu/9100')),
    error: [/9100/],
  },
  {
    name: 'image deleted before it is cloned',
    arrange: ({ site }) => site.when('DELETE', /\/storage\/local\/content\//, () => site.pve.call('DELETE', '/nodes/pve/qemu/9101')),
    error: [/VM 9101 is not a template/],
  },
  { name: 'checksum of the download', arrange: ({ site }) => site.offer('0'.repeat(64)), repair: ({ site }) => site.offer(), error: [/checksum mismatch/] },
  { name: 'Packer killed', arrange: kill(packer, 'SIGKILL'), options: slow, error: [/packer build was killed \(SIGKILL\)/, /Removed what a build left/] },
  { name: 'Packer terminated', arrange: kill(packer, 'SIGTERM'), options: slow, error: [/packer build ended with status 1/] },
  { name: 'the program that runs Packer killed', arrange: kill(program, 'SIGKILL'), options: slow, error: [/exit status 137|signal: killed/] },
  { name: 'Terraform killed', arrange: kill(terraform, 'SIGKILL'), options: slow, error: [/^/] },
  { name: 'Terraform interrupted', arrange: kill(terraform, 'SIGINT'), options: slow, error: [/[Ii]nterrupt/] },
  { name: 'Packer killed (the real one)', arrange: kill(packer, 'SIGKILL'), options: { realPacker: true }, error: [/packer build was killed \(SIGKILL\)/, /Removed what a build left/] },
];

const stays = /Template 9101 of the former content stays as it is/;
const waits = /The new template waits as VM 900009101: the next deploy puts it in its place/;

/** Faults of a deploy that rebuilds the image, of which a good template stands: it stays until its successor is finished. */
export const rebuild: readonly FaultCase[] = [
  { name: '401: the list of the cluster', faults: [{ path: '/cluster/resources', status: 401, reason: 'authentication failure', times: always }], error: [/HTTP 401 response - Reason: authentication failure/] },
  { name: 'token revoked while the image is built', arrange: revoked, error: [/401 no such token/, /Check the API token in TF_VAR_proxmox_api_token/] },
  { name: '403: cloning the base', faults: [{ ...bakeClone, status: 403, reason: 'Permission check failed (/vms/9101, VM.Allocate)' }], error: [/403 .*VM\.Allocate/, stays] },
  { name: '500: upload of the seed ISO', faults: [{ ...upload, status: 500, reason: 'unable to create temporary directory' }], error: [/unable to create temporary directory/] },
  { name: '403: privileges', faults: [{ path: '/access/permissions', status: 403, reason: 'Permission check failed' }], error: [/403 Permission check failed/, /Grant the user what is missing/] },
  { name: 'connection dropped before the seed ISO is there', faults: [{ ...upload, drop: true }], error: [/hang up|ECONNRESET/] },
  { name: 'storage of files full', faults: [{ fullStorage: 'local', times: always }], error: [/packer build ended with status 1/] },
  { name: 'connection dropped after the clone of the base', faults: [{ ...bakeClone, drop: true, done: true }], error: [/Error creating VM/, stays] },
  { name: 'lost task: clone of the base', faults: [{ taskType: 'qmclone', lost: true }], error: [/Error creating VM/, stays] },
  { name: 'start refused: build machine', faults: [{ taskType: 'qmstart', failure: 'start failed: QEMU exited with code 1' }], error: [/Error starting VM: start failed/, stays] },
  { name: 'storage of disks full', faults: [{ fullStorage: 'local-zfs', times: always }], error: [/out of space|No space|copy failed/i, stays] },
  { name: 'failed task: conversion of the image', faults: [{ taskType: 'qmtemplate', failure: 'zfs error: cannot rename' }], error: [/Error converting VM to template: zfs error/, stays] },
  { name: 'Packer killed', arrange: kill(packer, 'SIGKILL'), options: slow, error: [/packer build was killed \(SIGKILL\)/, stays] },
  { name: 'Terraform killed', arrange: kill(terraform, 'SIGKILL'), options: slow, error: [/^/] },
  { name: 'the program that runs Packer killed', arrange: kill(program, 'SIGKILL'), options: slow, error: [/exit status 137|signal: killed/] },
  { name: 'base deleted before the build', arrange: ({ site }) => site.when('POST', uploaded, () => site.pve.call('DELETE', '/nodes/pve/qemu/9100')), error: [/9100/, stays] },
  { name: 'failed task: the new template takes its place', faults: [{ taskType: 'qmclone', failure: 'clone failed: No space left on device', after: 1 }], error: [/No space left on device/, waits], keeps: false },
  { name: 'failed task: the new template becomes one in its place', faults: [{ taskType: 'qmtemplate', failure: 'zfs error: cannot rename', after: 1 }], error: [/cannot rename/, waits], keeps: false },
  { name: '500: the former template cannot be deleted', faults: [{ method: 'DELETE', path: '/nodes/pve/qemu/9101', status: 500, reason: 'VM is locked (backup)' }], error: [/VM is locked \(backup\)/, waits] },
];
