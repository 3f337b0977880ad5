// Builds one image during a deploy, or deletes its template: node deploy.mjs build | destroy
//
// Terraform runs it in the folder of the image. It looks who holds the VM id before anything is touched, removes what a build left that was
// cut off, runs Packer, and checks what came out. Secrets are read from the environment, and stand in no argument and in nothing that is
// printed. A build by hand needs none of it: see README.md.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
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
  [/Timeout waiting for SSH/, 'Look at the console of the machine during the next build: whether it boots, and whether it has an address.'],
];

/** Runs Packer, and notes what it makes, for whoever has to clean up. */
function runPacker(args, env, interruption, note) {
  const { heartbeatSeconds } = config;
  return packer(args, {
    cwd: join(image, 'hcl'),
    env,
    interruption,
    heartbeatSeconds,
    onLine: (line) => {
      say(line);
      const remark = REMARKS.find(([pattern]) => pattern.test(line));
      if (remark) say(remark[1]);
      const uploaded = /Uploaded ISO to (\S+:iso\/packer\d+\.iso)$/.exec(line)?.[1];
      if (uploaded) note.write({ isos: [...note.content.isos, uploaded] });
      const deleted = /Deleted generated ISO from (\S+)$/.exec(line)?.[1];
      if (deleted) note.write({ isos: note.content.isos.filter((iso) => iso !== deleted) });
      if (/: Starting VM$/.test(line)) note.write({ started: Date.now() });
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
async function cleanUp(own, replaces) {
  try {
    const pve = await Pve.login(config);
    const guest = await guestOn(pve, config.vmId);
    const isLeftover = guest !== undefined && await isBuild(pve, guest, config);
    if (isLeftover) await removeLeftover(pve, guest, [own.content]);
    await removeIsos(pve, own.content.isos.filter((iso) => !guest?.isos.includes(iso)));
    if (replaces && (guest === undefined || isLeftover)) {
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
  await removeIsos(pve, dead.flatMap((note) => note.isos).filter((iso) => !holder?.isos.includes(iso)));
  return replaces;
}

async function checkResult() {
  say(`[4/4] ${config.templateName}: is it there?`);
  // A ticket of a login by password lasts two hours.
  const result = await guestOn(await Pve.login(config), config.vmId);
  if (result === undefined || !isOurTemplate(result, config.ownerTag, config)) {
    throw new Error(`Packer ended well, but VM ${config.vmId} is not a template with the tag ${config.ownerTag}. Look what the build did.`);
  }
  say(`${result.name} is template ${result.vmId} on ${result.node}.`);
}

async function build() {
  const env = packerEnvironment(config);
  checkPacker();
  const { own, dead, forget } = await lock(config);
  try {
    const replaces = await prepare(await Pve.login(config), dead);
    forget();
    const interruption = new Interruption();
    try {
      say(`[2/4] ${config.templateName}: Packer's plugins`);
      await runPacker(['init', '.'], env, interruption, own);
      say(`[3/4] ${config.templateName}: ${replaces ? 'the template of the former content is replaced' : 'a new template is built'}`);
      await runPacker(['build', '-color=false', ...(replaces ? ['-force'] : []), '.'], env, interruption, own);
    } catch (error) {
      await cleanUp(own, replaces);
      throw error;
    } finally {
      interruption.end();
    }
    await checkResult();
  } finally {
    own.remove();
  }
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
    forget();
  } finally {
    own.remove();
  }
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
