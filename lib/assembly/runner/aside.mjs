// A template that is replaced stays until what replaces it is finished: that is built beside it, under a VM id of its own, and takes its place.
//
// Only while it takes its place there is none: the former one is deleted, and the new one copied to its id. Should that be cut off, the new
// one waits beside for the next deploy.
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BUILD_DESCRIPTION, remove } from './guests.mjs';

/** The VM id beside another one, always the same, so that what waits there is found. Undefined where there is no room. */
export function asideOf(vmId) {
  return vmId < 100_000_000 ? 900_000_000 + vmId : undefined;
}

function templateOf(image) {
  const [name] = readdirSync(join(image, 'json')).filter((file) => file.endsWith('.pkr.json'));
  return { name, template: JSON.parse(readFileSync(join(image, 'json', name), 'utf8')) };
}

/** Writes Packer's template with another VM id into a folder beside the others, from where it finds the same files. */
export function writeAside(image, vmId) {
  const { name, template } = templateOf(image);
  for (const source of Object.values(template.source).flatMap((sources) => Object.values(sources))) source.vm_id = vmId;
  const folder = join(image, 'aside');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), `${JSON.stringify(template, undefined, 2)}\n`);
  return folder;
}

/** Whether a finished template is what would be built now. */
export function isCurrent(image, guest) {
  return guest.description.includes(templateOf(image).template.locals.content_hash);
}

/** Fails where linked clones of a template exist: it could not be deleted after all the work. What may not be seen is found out then. */
export async function checkUnlinked(pve, guest, storages) {
  for (const storage of storages) {
    const volumes = await pve.call('GET', `/nodes/${guest.node}/storage/${storage}/content?content=images`).catch((error) => {
      if (error.status === 403) return [];
      throw error;
    });
    const linked = volumes.find(({ volid }) => new RegExp(`[:/]base-${guest.vmId}-disk-\\d+(\\.\\w+)?/`).test(volid));
    if (linked === undefined) continue;
    throw new Error(`Template ${guest.vmId} (${guest.name}) cannot be replaced: linked clones of it exist, one has ${linked.volid}. ` +
      'Delete them, or make them full clones.');
  }
}

/** Copies a finished template to the id it is for, and deletes the copy aside. Until it is whole, it looks like a build that was cut off. */
export async function takePlace(pve, guest, { vmId, templateName, buildName, pool }) {
  const path = `/nodes/${guest.node}/qemu`;
  await pve.finished(await pve.call('POST', `${path}/${guest.vmId}/clone`, {
    newid: vmId, name: buildName, description: BUILD_DESCRIPTION, full: 1, ...(pool === null ? {} : { pool }),
  }), Infinity);
  const task = await pve.call('POST', `${path}/${vmId}/template`, {});
  if (task) await pve.finished(task);
  await pve.call('PUT', `${path}/${vmId}/config`, { name: templateName, description: guest.description });
  await remove(pve, guest);
}
