// Builds one image during a deploy, or deletes its template: node deploy.mjs build | destroy
//
// Terraform runs it in the folder of the image. It looks who holds the VM id before anything is touched, removes what a build left that was
// cut off, runs Packer, and checks what came out. Secrets are read from the environment, and stand in no argument and in nothing that is
// printed. A build by hand needs none of it: see README.md.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { asideOf, checkUnlinked, isCurrent, takePlace, writeAside } from './aside.mjs';
import { checkAbandoned, guestOn, heldByStranger, isBuild, isOurTemplate, remove, removeIso } from './guests.mjs';
import { Interruption } from './interruption.mjs';
import { lock } from './lock.mjs';
import { complain, hide, say } from './log.mjs';
import { checkPacker, packer } from './packer.mjs';
import { checkPrivileges } from './privileges.mjs';
import { Pve } from './pve.mjs';
import { packerEnvironment, secretValues } from './variables.mjs';

const image = dirname(dirname(fileURLToPath(import.meta.url)));
const config = JSON.parse(readFileSync(join(image, 'deploy', 'deploy.json'), 'utf8'));

/** What Packer prints that misleads or leaves open what to do, and what to say of it. */
const REMARKS = [
  [/still in use by linked clone/, `Linked clones of template ${config.vmId} exist, so it stays. Delete them, or make them full clones.`],
  [/config file already exists|already exists on node/, `Something took VM id ${config.vmId} while this build went on: another deploy?`],
  [/an existing hard disk was found at .* overwriting with ISO/, '(No disk is overwritten: the plugin takes its own seed ISO for one.)'],
  [/Timeout waiting for (SSH|WinRM)/, 'Look at the console of the machine during the next build: whether it boots, and whether it has an address.'],
];

/** Runs Packer, and notes what it makes, for whoever has to clean up: what is said is noted. */
function runPacker(args, cwd, env, interruption, note) {
  const { heartbeatSeconds } = config;
  return packer(args, {
    cwd,
    env,
    interruption,
    heartbeatSeconds,
    onLine: (line) => {
      const uploaded = /Uploaded ISO to (\S+:iso\/packer\d+\.iso)$/.exec(line)?.[1];
      if (uploaded) note.write({ isos: [...note.content.isos, uploaded] });
      const deleted = /Deleted generated ISO from (\S+)$/.exec(line)?.[1];
      if (deleted) note.write({ isos: note.content.isos.filter((iso) => iso !== deleted) });
      if (/: Starting VM$/.test(line)) note.write({ started: Date.now() });
      say(line);
      const remark = REMARKS.find(([pattern]) => pattern.test(line));
      if (remark) say(remark[1]);
    },
  });
}

/** Removes what a build left that was cut off. Fails for a stranger's, and where the build may still be going on. */
async function removeLeftover(pve, guest, notes) {
  await checkAbandoned(pve, guest, config, notes.map((note) => note.started).filter(Boolean));
  await remove(pve, guest);
  say(`Removed what a build left that was cut off: ${[`VM ${guest.vmId} (${guest.name})`, ...guest.isos].join(', ')}.`);
}

/** Images that were uploaded for a machine that was never made. */
async function removeIsos(pve, isos) {
  for (const iso of isos) {
    say(`Deleting what a build uploaded that was cut off, if it is still there: ${iso}.`);
    await removeIso(pve, config.node, iso);
  }
}

/** Packer cleans up after itself, unless it was killed or not allowed to. What cannot be removed now, the next build knows by our note. */
async function cleanUp(own, vmId, replaced) {
  try {
    const pve = await Pve.login(config);
    const guest = await guestOn(pve, vmId);
    const isLeftover = guest !== undefined && await isBuild(pve, guest, config);
    if (isLeftover) await removeLeftover(pve, guest, [own.content]);
    await removeIsos(pve, own.content.isos.filter((iso) => !guest?.isos.includes(iso)));
    if (replaced === undefined) return;
    if (vmId !== config.vmId) {
      say(`Template ${config.vmId} of the former content stays as it is.`);
    } else if (guest === undefined || isLeftover) {
      say(`Template ${config.vmId} of the former content is gone: the next deploy builds it anew. Full clones of it are as they were.`);
    }
  } catch (error) {
    say(`It was not possible to clean up: ${error.message}`);
    own.keep();
  }
}

async function prepare(pve, dead) {
  say(`[1/4] ${config.templateName}: who holds VM id ${config.vmId}, and what is allowed?`);
  const holder = await guestOn(pve, config.vmId);
  const replaces = holder !== undefined && isOurTemplate(holder, config.ownerTag, config);
  if (holder !== undefined && !replaces && !await isBuild(pve, holder, config)) {
    throw new Error(`${heldByStranger(holder)} Give ${config.path} another vmId, or move what stands there.`);
  }
  await checkPrivileges(pve, config);
  if (holder !== undefined && !replaces) await removeLeftover(pve, holder, dead);
  const aside = await prepareAside(pve, replaces, dead);
  if (replaces && aside.guest === undefined) await checkUnlinked(pve, holder, config.diskStorages);
  const kept = [...holder?.isos ?? [], ...aside.guest?.isos ?? []];
  await removeIsos(pve, dead.flatMap((note) => note.isos).filter((iso) => !kept.includes(iso)));
  return { replaced: replaces ? holder : undefined, aside };
}

/** What stands beside the id of the template, or else whether there is room to build it there. */
async function prepareAside(pve, replaces, dead) {
  const vmId = asideOf(config.vmId);
  if (vmId === undefined) return {};
  const inPlace = (why) => {
    if (replaces) say(`The former template is deleted before the new one is built, and not after: ${why}`);
    return {};
  };
  try {
    const guest = await guestOn(pve, vmId);
    if (guest !== undefined) {
      const isOurs = isOurTemplate(guest, config.ownerTag, config);
      if (isOurs && isCurrent(image, guest)) return { vmId, guest };
      if (!isOurs && !await isBuild(pve, guest, config)) return inPlace(heldByStranger(guest));
      if (isOurs) await remove(pve, guest);
      else await removeLeftover(pve, guest, dead);
    }
  } catch (error) {
    if (!error.hidden) throw error;
    return inPlace(error.message);
  }
  if (!replaces) return {};
  try {
    await checkPrivileges(pve, { ...config, vmId, bridges: [], isCloned: true });
  } catch (error) {
    return inPlace(error.message);
  }
  return { vmId };
}

/** Puts what was built aside where it belongs. */
async function exchange(vmId) {
  const pve = await Pve.login(config);
  const fresh = await checkTemplate(pve, vmId);
  const former = await guestOn(pve, config.vmId);
  if (former !== undefined && !isOurTemplate(former, config.ownerTag, config)) throw new Error(heldByStranger(former));
  say(`The new template is finished as VM ${vmId}, and takes its place as VM ${config.vmId} now.`);
  try {
    if (former !== undefined) await remove(pve, former);
    await takePlace(pve, fresh, config);
  } catch (error) {
    throw new Error(`${error.message} The new template waits as VM ${vmId}: the next deploy puts it in its place.`);
  }
}

/** The finished template on an id. Fails where Packer left something else. */
async function checkTemplate(pve, vmId) {
  const result = await guestOn(pve, vmId);
  if (result !== undefined && isOurTemplate(result, config.ownerTag, config)) return result;
  throw new Error(`Packer ended well, but VM ${vmId} is not a template with the tag ${config.ownerTag}. Look what the build did.`);
}

async function build() {
  const env = packerEnvironment(config);
  checkPacker();
  const { own, dead, forget } = await lock(config);
  const interruption = new Interruption();
  try {
    const { replaced, aside } = await prepare(await Pve.login(config), dead);
    forget();
    const vmId = aside.vmId ?? config.vmId;
    try {
      if (aside.guest === undefined) await bake(vmId, replaced, env, interruption, own);
    } catch (error) {
      await cleanUp(own, vmId, replaced);
      throw error;
    }
    say(`[4/4] ${config.templateName}: is it there?`);
    if (aside.vmId !== undefined) await exchange(aside.vmId);
    // A ticket of a login by password lasts two hours.
    const { name, node } = await checkTemplate(await Pve.login(config), config.vmId);
    say(`${name} is template ${config.vmId} on ${node}.`);
  } finally {
    interruption.end();
    own.remove();
  }
}

async function bake(vmId, replaced, env, interruption, own) {
  const isAside = vmId !== config.vmId;
  say(`[2/4] ${config.templateName}: Packer's plugins`);
  await runPacker(['init', '.'], join(image, 'hcl'), env, interruption, own);
  const what = replaced === undefined ? 'a new template is built' : 'the template of the former content is replaced';
  say(`[3/4] ${config.templateName}: ${what}${isAside ? `; until the new one is finished as VM ${vmId} it stays` : ''}`);
  const folder = isAside ? writeAside(image, vmId) : join(image, 'hcl');
  await runPacker(['build', '-color=false', ...(replaced === undefined || isAside ? [] : ['-force']), '.'], folder, env, interruption, own);
}

/** Id and owner are those of the state, which may be older than the folder. */
async function destroy() {
  const vmId = Number(process.env.PROXMOX_CONSTRUCTS_VM_ID);
  const ownerTag = process.env.PROXMOX_CONSTRUCTS_OWNER_TAG;
  if (!Number.isInteger(vmId) || !ownerTag) {
    throw new Error('PROXMOX_CONSTRUCTS_VM_ID and PROXMOX_CONSTRUCTS_OWNER_TAG say what is to be deleted.');
  }
  const { own, dead, forget } = await lock({ ...config, vmId });
  try {
    const pve = await Pve.login(config);
    const guest = await guestOn(pve, vmId);
    await removeIsos(pve, dead.flatMap((note) => note.isos).filter((iso) => !guest?.isos.includes(iso)));
    if (guest === undefined) {
      say(`VM ${vmId} is gone already.`);
    } else if (isOurTemplate(guest, ownerTag, config)) {
      await remove(pve, guest);
      say(`Template ${vmId} (${guest.name}) is deleted.`);
    } else if (await isBuild(pve, guest, config)) {
      await removeLeftover(pve, guest, dead);
    } else {
      say(heldByStranger(guest));
    }
    await destroyAside(pve, asideOf(vmId), ownerTag, dead);
    forget();
  } finally {
    own.remove();
  }
}

/** What waits beside, or was left there, goes as well. */
async function destroyAside(pve, vmId, ownerTag, dead) {
  const guest = vmId === undefined ? undefined : await guestOn(pve, vmId).catch((error) => {
    if (!error.hidden) throw error;
  });
  if (guest === undefined) return;
  if (isOurTemplate(guest, ownerTag, config)) await remove(pve, guest);
  else if (await isBuild(pve, guest, config)) await removeLeftover(pve, guest, dead);
}

try {
  const step = { build, destroy }[process.argv[2]];
  if (step === undefined) throw new Error('usage: node deploy.mjs build | destroy');
  hide(...secretValues(config));
  await step();
} catch (error) {
  complain(error.message);
  process.exitCode = 1;
}
