// Builds one image during a deploy, or removes its template: node deploy.mjs build | destroy
//
// Terraform runs it from the folder of the image. It looks who holds the VM id before anything is touched, removes what a killed build
// left, runs Packer, and checks what came out. Secrets are read from the environment and are in no argument.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { lock } from './lock.mjs';
import { packer, say } from './packer.mjs';
import { Pve, secretValue, tagsOf } from './pve.mjs';

const BUILD_DESCRIPTION = 'Packer ephemeral build VM';
const QUIET_AFTER_S = 2 * 60 * 60;

const image = dirname(dirname(fileURLToPath(import.meta.url)));
const config = JSON.parse(readFileSync(join(image, 'deploy', 'deploy.json'), 'utf8'));
const parents = [process.ppid, Number(process.env.PROXMOX_CONSTRUCTS_DEPLOY_PID)].filter((pid) => pid > 1);

function orphaned() {
  return process.ppid !== parents[0] || parents.some((pid) => {
    try {
      process.kill(pid, 0);
      return false;
    } catch (error) {
      return error.code === 'ESRCH';
    }
  });
}

function isOurTemplate(guest, ownerTag) {
  return guest.type === 'qemu' && guest.template === 1 && tagsOf(guest).includes(ownerTag);
}

function held(guest) {
  const kind = guest.type === 'lxc' ? 'container' : guest.template === 1 ? 'template' : 'virtual machine';
  return new Error(`VM id ${guest.vmid} is held by the ${kind} ${guest.name} on ${guest.node}, which this program did not make. ` +
    `It is left as it is. Give ${config.path} another vmId, or move what stands there.`);
}

/** Removes what a killed build left. It is ours by id, name and description; a build that may still run elsewhere is left alone. */
async function removeLeftover(pve, guest, stale) {
  const { description = '' } = await pve.call('GET', `/nodes/${guest.node}/qemu/${guest.vmid}/config`);
  if (guest.name !== config.buildName || !description.startsWith(BUILD_DESCRIPTION)) throw held(guest);
  if (guest.status === 'running' && !stale && guest.uptime < QUIET_AFTER_S) {
    throw new Error(`VM ${guest.vmid} (${guest.name}) was started ${Math.round(guest.uptime / 60)} min ago by a build that this machine knows nothing of. ` +
      `If none is running elsewhere, delete it on ${guest.node}: qm stop ${guest.vmid} && qm destroy ${guest.vmid} --purge`);
  }
  const isos = await pve.remove(guest);
  say(`Removed what a killed build had left: VM ${guest.vmid} (${guest.name})${isos.map((iso) => `, ${iso}`).join('')}.`);
}

function environment() {
  const env = { ...process.env };
  for (const name of config.variables) {
    env[`PKR_VAR_${name}`] ??= env[`TF_VAR_${name}`];
    if (env[`PKR_VAR_${name}`] === undefined) delete env[`PKR_VAR_${name}`];
  }
  if (!env.PKR_VAR_commit) {
    const git = spawnSync('git', ['rev-parse', 'HEAD'], { encoding: 'utf8' });
    if (git.status === 0) env.PKR_VAR_commit = git.stdout.trim();
  }
  return env;
}

async function build() {
  const held_ = lock(config);
  try {
    say(`[1/4] ${config.templateName}: who holds VM id ${config.vmId}?`);
    const secrets = config.secrets.map(secretValue).flatMap((value) => [value, value.split('=').at(-1)]).filter((value) => value.length >= 8);
    const pve = await Pve.login(config);
    const holder = await pve.holder(config.vmId);
    const replaces = holder !== undefined && isOurTemplate(holder, config.ownerTag);
    if (holder !== undefined && !replaces) {
      if (holder.type !== 'qemu' || holder.template === 1) throw held(holder);
      await removeLeftover(pve, holder, held_.stale);
    }
    const options = { cwd: join(image, 'hcl'), env: environment(), secrets, orphaned };
    say(`[2/4] ${config.templateName}: Packer's plugins`);
    await packer(['init', '.'], options);
    say(`[3/4] ${config.templateName}: ${replaces ? 'the template of the former content is replaced' : 'a new template'}`);
    await packer(['build', '-color=false', ...(replaces ? ['-force'] : []), '.'], options);
    say(`[4/4] ${config.templateName}: is it there?`);
    const result = await pve.holder(config.vmId);
    if (result === undefined || !isOurTemplate(result, config.ownerTag)) {
      throw new Error(`Packer ended well, but VM ${config.vmId} is not the template ${config.templateName}.`);
    }
    say(`${config.templateName} is template ${config.vmId} on ${result.node}.`);
  } finally {
    held_.release();
  }
}

/** Id and owner are those of the state, which may be older than the folder. */
async function destroy() {
  const vmId = Number(process.env.PROXMOX_CONSTRUCTS_VM_ID);
  const ownerTag = process.env.PROXMOX_CONSTRUCTS_OWNER_TAG;
  const pve = await Pve.login(config);
  const holder = await pve.holder(vmId);
  if (holder === undefined) {
    say(`VM ${vmId} is gone already.`);
  } else if (!isOurTemplate(holder, ownerTag)) {
    say(`VM id ${vmId} is held by ${holder.name} on ${holder.node}, which this program did not make. It is left as it is.`);
  } else {
    await pve.remove(holder);
    say(`Template ${vmId} (${holder.name}) is deleted.`);
  }
}

const steps = { build, destroy };
try {
  await steps[process.argv[2]]();
} catch (error) {
  process.stderr.write(`Error: ${error.message}\n`);
  process.exitCode = 1;
}
