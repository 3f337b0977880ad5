// Who holds a VM id, whether that is ours, and removing what is.
//
// Ours is a template with the owner tag, and what a build left that was cut off: a machine of our id and the name of our build. Anything
// else is a stranger's and is left as it is.
import { setTimeout as sleep } from 'node:timers/promises';
import { say } from './log.mjs';

/** How Packer describes a machine while it builds it. */
export const BUILD_DESCRIPTION = 'Packer ephemeral build VM';

/** A build that runs longer than this without anyone knowing of it is given up for dead. */
const DEAD_AFTER_H = 6;

/** How long a machine at rest is watched: a build that goes on starts it, or makes it a template, sooner. */
const WATCH_S = 30;

/** A machine starts at the most so long after Packer said that it would. */
const START_TAKES_MS = 60_000;

/** What holds a VM id, from its own configuration: the list of the cluster lags behind. Undefined where nothing does. */
export async function guestOn(pve, vmId) {
  const all = await pve.call('GET', '/cluster/resources?type=vm');
  const entry = all.find((guest) => Number(guest.vmid) === vmId);
  if (entry?.type === 'lxc') return { kind: 'container', vmId, node: entry.node, name: entry.name ?? `CT ${vmId}` };
  if (entry !== undefined) {
    try {
      return machine(vmId, entry.node, await pve.call('GET', `/nodes/${entry.node}/qemu/${vmId}/config`));
    } catch (error) {
      if (!/does not exist/.test(error.reason)) throw error;
    }
  }
  await checkFree(pve, vmId);
  return undefined;
}

function machine(vmId, node, config) {
  const isos = Object.values(config).map((value) => /^[^,:]+:iso\/packer\d+\.iso(?=,|$)/.exec(String(value))?.[0]).filter(Boolean);
  return {
    kind: config.template === 1 ? 'template' : 'virtual machine',
    vmId,
    node,
    name: config.name ?? `VM ${vmId}`,
    tags: String(config.tags ?? '').split(/[;, ]+/),
    description: (config.description ?? '').trim(),
    lock: config.lock,
    digest: config.digest,
    isos,
  };
}

/** The list holds only what the credentials may see; this knows all ids. */
async function checkFree(pve, vmId) {
  try {
    await pve.call('GET', `/cluster/nextid?vmid=${vmId}`);
  } catch (error) {
    if (error.status !== 400 || !/already exists/.test(error.reason)) throw error;
    throw Object.assign(new Error(`VM id ${vmId} is held by something that the credentials may not see, so nothing is touched. ` +
      `Give ${pve.config.path} another vmId; or, if it is ours, grant them VM.Audit on /vms/${vmId}.`), { hidden: true });
  }
}

function isUnfinished(guest, config) {
  return guest.name === config.buildName && guest.description === BUILD_DESCRIPTION;
}

/** Whether it is the finished template of this image. */
export function isOurTemplate(guest, ownerTag, config) {
  return guest.kind === 'template' && guest.tags.includes(ownerTag) && !isUnfinished(guest, config);
}

export function heldByStranger({ vmId, kind, name, node }) {
  return `VM id ${vmId} is held by the ${kind} ${name} on ${node}, which this program did not make. It is left as it is.`;
}

/**
 * Whether it is what a build of this image makes: by id, name and Packer's description. A clone that Packer has not configured yet has the
 * description and the tags of the base, and was not started.
 */
export async function isBuild(pve, guest, config) {
  if (guest.kind === 'container' || guest.name !== config.buildName) return false;
  if (isUnfinished(guest, config)) return true;
  if (guest.kind === 'template' || guest.description === '' || config.baseVmId === null) return false;
  const { status } = await pve.call('GET', `/nodes/${guest.node}/qemu/${guest.vmId}/status/current`);
  const base = await guestOn(pve, config.baseVmId);
  return status === 'stopped' && base?.description === guest.description && `${base.tags}` === `${guest.tags}`;
}

/**
 * Fails where a build may still be going on, on this machine or another.
 *
 * @param started when Packer started machines in builds of this machine that are over, in milliseconds
 */
export async function checkAbandoned(pve, guest, config, started) {
  const path = `/nodes/${guest.node}/qemu/${guest.vmId}`;
  const why = (what) => new Error(`VM ${guest.vmId} (${guest.name} on ${guest.node}) ${what}. ` +
    `If no build of it runs elsewhere, delete it there: qm unlock ${guest.vmId}; qm stop ${guest.vmId}; qm destroy ${guest.vmId} --purge`);
  if (guest.lock !== undefined) throw why(`is being built: it is locked (${guest.lock})`);
  const { status, uptime = 0 } = await pve.call('GET', `${path}/status/current`);
  if (status === 'running') {
    const since = Date.now() - uptime * 1000;
    if (started.some((time) => Math.abs(since - time) < START_TAKES_MS) || uptime > DEAD_AFTER_H * 3600) return;
    throw why(`was started ${Math.floor(uptime / 60)} min ago by a build of which nothing is known here`);
  }
  const { watchSeconds = WATCH_S } = config;
  say(`VM ${guest.vmId} (${guest.name}) is what a build left, or waits to go on: watching it for ${watchSeconds} s.`);
  for (let second = 0; second < watchSeconds; second += 1) {
    await sleep(1000);
    const now = await guestOn(pve, guest.vmId);
    const changed = now?.digest !== guest.digest || now.lock !== undefined;
    if (changed || (await pve.call('GET', `${path}/status/current`)).status !== status) throw why('is being built');
  }
}

/** Stops and deletes a machine or template, and the ISO images that Packer made for it. */
export async function remove(pve, guest) {
  const path = `/nodes/${guest.node}/qemu/${guest.vmId}`;
  const { status } = await pve.call('GET', `${path}/status/current`);
  if (status === 'running') await pve.finished(await pve.call('POST', `${path}/status/stop`, {}));
  try {
    await pve.finished(await pve.call('DELETE', `${path}?purge=1&destroy-unreferenced-disks=1`));
  } catch (error) {
    if (!/still in use by linked clone/.test(error.reason)) throw error;
    throw new Error(`Template ${guest.vmId} (${guest.name}) cannot be deleted: linked clones of it exist. ` +
      'Delete them, or make them full clones.');
  }
  for (const iso of guest.isos) await removeIso(pve, guest.node, iso);
}

/** Deletes an ISO image, whether it is still there or not. One that cannot be deleted is no reason to fail. */
export async function removeIso(pve, node, iso) {
  try {
    const task = await pve.call('DELETE', `/nodes/${node}/storage/${iso.split(':')[0]}/content/${encodeURIComponent(iso)}`);
    if (task) await pve.finished(task);
  } catch (error) {
    say(`${iso} could not be deleted, do it by hand: ${error.message}`);
  }
}
