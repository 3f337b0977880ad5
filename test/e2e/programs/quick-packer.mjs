// Stands in for Packer where no machine boots: it makes the requests of a build by proxmox-clone with a seed ISO in their order, and cleans up
// as the plugin does, but provisions nothing, and asks for a task's end more often.
//
// QUICK_PACKER_KILL: a line after which it kills itself; QUICK_PACKER_BAKE: milliseconds from the start of the machine to its end.
import { readFileSync, readdirSync, writeSync } from 'node:fs';
import { request } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';

const [command, ...args] = process.argv.slice(2);
if (command === 'version') {
  console.log('Packer v1.16.0');
  process.exit(0);
}
if (command !== 'build') process.exit(0);

const [folder] = args.slice(-1);
const file = readdirSync(folder).find((name) => /\.pkr\.(json|hcl)$/.test(name));
const document = file.endsWith('.json') ? `${folder}/${file}` : `${folder}/../json/${file.replace(/hcl$/, 'json')}`;
const { locals = {}, source } = JSON.parse(readFileSync(document, 'utf8'));
const [[name, image]] = Object.entries(Object.values(source)[0]);
const token = process.env.PKR_VAR_proxmox_api_token;
const prefix = `proxmox-clone.${name}: `;
const isoSlot = [image.additional_iso_files].flat().map(({ type, index }) => `${type}${index}`)[0];

function tell(text, mark = '==> ') {
  writeSync(1, `${mark}${prefix}${text}\n`);
  if (text === process.env.QUICK_PACKER_KILL) process.kill(process.pid, 'SIGKILL');
}

function send(method, path, body, type) {
  const headers = { Authorization: `PVEAPIToken=${token}` };
  if (body !== undefined) Object.assign(headers, { 'Content-Type': type, 'Content-Length': Buffer.byteLength(body) });
  return new Promise((resolve, reject) => {
    const sent = request(`${image.proxmox_url}${path}`, { method, headers, agent: false }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (chunk) => { text += chunk; });
      answer.on('error', reject).on('end', () => {
        if (answer.statusCode === 200) resolve(JSON.parse(text).data);
        else reject(new Error(`${answer.statusCode} ${answer.statusMessage}`));
      });
    });
    sent.on('error', reject).end(body);
  });
}

async function task(method, path, parameters, type = 'application/x-www-form-urlencoded') {
  const body = parameters === undefined || typeof parameters === 'string' ? parameters : new URLSearchParams(parameters).toString();
  const upid = await send(method, path, body, body === undefined ? undefined : type);
  for (;;) {
    if (typeof upid !== 'string') return;
    const { status, exitstatus } = await send('GET', `/nodes/${image.node}/tasks/${encodeURIComponent(upid)}/status`);
    if (status === 'stopped' && exitstatus !== 'OK') throw new Error(exitstatus);
    if (status === 'stopped') return;
    await sleep(100);
  }
}

const machine = `/nodes/${image.node}/qemu/${image.vm_id}`;
const iso = `packer${process.pid}${Date.now() % 1_000_000}.iso`;
const made = { iso: false, machine: false };
let cancelled = false;

async function step(work) {
  if (cancelled) throw new Error('build was cancelled');
  return work();
}

const machines = async () => send('GET', '/cluster/resources?type=vm');

async function upload() {
  const mark = 'xxQUICKxx';
  const part = (head, text) => `--${mark}\r\nContent-Disposition: form-data; ${head}\r\n\r\n${text}\r\n`;
  const body = `${part('name="content"', 'iso')}${part(`name="filename"; filename="${iso}"`, 'seed')}--${mark}--\r\n`;
  await task('POST', `/nodes/${image.node}/storage/${image.additional_iso_files[0]?.iso_storage_pool ?? image.additional_iso_files.iso_storage_pool}/upload`,
    body, `multipart/form-data; boundary=${mark}`);
  made.iso = true;
  tell(`Uploaded ISO to local:iso/${iso}`, '    ');
}

async function removeExisting() {
  tell('Force set, checking for existing artifact on PVE cluster');
  const found = (await machines()).find(({ vmid }) => vmid === image.vm_id);
  if (found === undefined) return;
  if ((await send('GET', `${machine}/config`)).template !== 1) throw new Error(`found matching VM (ID: ${image.vm_id}, name: ${found.name}), but it is not a template`);
  tell(`found existing resource with ID ${image.vm_id} on PVE node ${image.node}, deleting it`);
  await task('DELETE', machine);
  tell(`Successfully deleted ${image.vm_id}`);
}

async function clone() {
  tell('Creating VM');
  try {
    await task('POST', `/nodes/${image.node}/qemu/${image.clone_vm_id}/clone`, {
      newid: image.vm_id, target: image.node, name: image.vm_name, full: image.full_clone === false ? 0 : 1,
    });
    const config = await send('GET', `${machine}/config`);
    await machines();
    await task('PUT', `${machine}/config`, {
      agent: '1', cores: image.cores ?? 1, memory: image.memory, name: image.vm_name, onboot: 0, tags: image.tags, net0: config.net0,
      description: 'Packer ephemeral build VM', [isoSlot]: `local:iso/${iso},media=cdrom`,
    });
  } catch (error) {
    throw new Error(`Error creating VM: ${error.message}`);
  }
  made.machine = true;
}

async function build() {
  if (args.includes('-force')) await step(removeExisting);
  await step(clone);
  tell('Starting VM');
  await step(() => task('POST', `${machine}/status/start`).catch((error) => { throw new Error(`Error starting VM: ${error.message}`); }));
  tell('Waiting for SSH to become available...');
  for (let waited = 0; waited < Number(process.env.QUICK_PACKER_BAKE ?? 0) && !cancelled; waited += 50) await sleep(50);
  await step(() => send('GET', `${machine}/agent/network-get-interfaces`));
  tell('Stopping VM');
  await step(() => task('POST', `${machine}/status/shutdown`).catch((error) => { throw new Error(`Error converting VM to template, could not stop: ${error.message}`); }));
  tell('Converting VM to template');
  await step(() => task('POST', `${machine}/template`).catch((error) => { throw new Error(`Error converting VM to template: ${error.message}`); }));
  tell(`Adding a cloud-init cdrom in storage pool ${image.cloud_init_storage_pool}`);
  await step(() => task('POST', `${machine}/config`, {
    delete: isoSlot,
    name: image.template_name,
    description: image.template_description.replace(/\$\{local\.(\w+)\}/g, (_, local) => locals[local]),
    scsi2: `${image.cloud_init_storage_pool}:cloudinit`,
  }).catch((error) => { throw new Error(`Error updating template: ${error.message}`); }));
}

async function discard() {
  if (made.machine) {
    tell('Stopping VM');
    try {
      await task('POST', `${machine}/status/stop`);
      tell('Deleting VM');
      await task('DELETE', machine);
    } catch (error) {
      tell(`Error stopping VM. Please stop and delete it manually: ${error.message}`);
    }
  }
}

async function deleteIso() {
  if (!made.iso) return;
  await task('DELETE', `/nodes/${image.node}/storage/local/content/${encodeURIComponent(`local:iso/${iso}`)}`);
  tell(`Deleted generated ISO from local:iso/${iso}`, '    ');
}

for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => { cancelled = true; });
try {
  await step(machines);
  await step(upload);
  await build();
} catch (error) {
  tell(error.message);
  tell(`Build '${prefix}' errored: ${error.message}`, '');
  process.exitCode = 1;
  await discard();
}
await deleteIso().catch((error) => {
  tell(`delete volume failed: ${error.message}`);
  process.exitCode = 1;
});
