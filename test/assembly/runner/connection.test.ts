import * as fs from 'node:fs';
import * as net from 'node:net';
import * as path from 'node:path';
import { DeployFolder, guests } from './deploy-folder';
import { FakePve, PASSWORD, TOKEN, UUID } from './fake-pve';

jest.setTimeout(60_000);

const running: { stop(): Promise<void>; clean?(): Promise<void> }[] = [];

async function start(certificate: Parameters<typeof FakePve.start>[0] = {}): Promise<{ pve: FakePve; folder: DeployFolder }> {
  const pve = await FakePve.start(certificate);
  pve.guests.push(guests.base());
  const folder = new DeployFolder(pve);
  running.push({ stop: async () => { await folder.clean(); await pve.stop(); } });
  return { pve, folder };
}

afterEach(async () => {
  for (const one of running.splice(0)) await one.stop();
});

/** The error of a deploy that fails; no secret is in it, and Packer was not started. */
async function errorOf(folder: DeployFolder): Promise<string> {
  const { status, output } = await folder.run();
  expect(status).toBe(1);
  expect(folder.events).toEqual([]);
  for (const secret of [TOKEN, UUID, PASSWORD]) expect(output).not.toContain(secret);
  return output.replace('[1/4] ubuntu: who holds VM id 9102, and what is allowed?\n', '');
}

test('an untrusted certificate', async () => {
  const { pve, folder } = await start();
  delete folder.environment.SSL_CERT_FILE;
  expect(await errorOf(folder)).toBe(
    `Error: The certificate of ${pve.endpoint} is not trusted here (UNABLE_TO_VERIFY_LEAF_SIGNATURE: unable to verify the first certificate). ` +
    'Add the authority of your Proxmox VE (/etc/pve/pve-root-ca.pem on a node) to those of this machine, or name it in SSL_CERT_FILE; or set `insecure` on ' +
    'the ProxmoxVe of homelab/Ubuntu.\n');
});

test('a certificate for another name', async () => {
  const { pve, folder } = await start({ goodFor: ['pve.lan'] });
  expect(await errorOf(folder)).toContain(`Error: The certificate of ${pve.endpoint} is not trusted here (ERR_TLS_CERT_ALTNAME_INVALID: `);
});

test('a certificate that has expired', async () => {
  const { pve, folder } = await start({ until: 2001 });
  expect(await errorOf(folder)).toContain(`Error: The certificate of ${pve.endpoint} is not trusted here (CERT_HAS_EXPIRED: certificate has expired).`);
});

test('any certificate where that is asked for', async () => {
  const { folder } = await start({ until: 2001, goodFor: ['pve.lan'] });
  folder.config.insecure = true;
  expect((await folder.run()).status).toBe(0);
});

test.each(['NODE_EXTRA_CA_CERTS', 'SSL_CERT_DIR'])('an authority named by %s', async (variable) => {
  const { folder } = await start();
  const authority = path.join(folder.path, 'authorities');
  fs.mkdirSync(authority);
  fs.renameSync(folder.environment.SSL_CERT_FILE!, path.join(authority, 'pve.pem'));
  folder.environment.SSL_CERT_FILE = undefined;
  folder.environment[variable] = variable === 'SSL_CERT_DIR' ? `/nowhere${path.delimiter}${authority}` : path.join(authority, 'pve.pem');
  expect((await folder.run()).status).toBe(0);
});

/** A port on which nobody listens. */
async function freePort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as net.AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

test('nobody there, a name that does not exist, a node that is away', async () => {
  const [nobody, nameless, away] = [await start(), await start(), await start()];
  nobody.folder.config.endpoint = `https://localhost:${await freePort()}`;
  nameless.folder.config.endpoint = 'https://pve.invalid:8006';
  away.pve.guests.push(guests.ours());
  away.pve.faults.push({ request: /config$/, status: 595, reason: 'No route to host' });
  const errors = await Promise.all([nobody, nameless, away].map(({ folder }) => errorOf(folder)));
  expect(errors[0]).toBe(
    `Error: ${nobody.folder.config.endpoint} cannot be reached (ECONNREFUSED). Check the endpoint and the network, and that Proxmox VE runs.\n`);
  expect(errors[1]).toMatch(/^Error: https:\/\/pve\.invalid:8006 cannot be reached \((ENOTFOUND|EAI_AGAIN)\)\. Check the endpoint/);
  expect(errors[2]).toBe('Error: Proxmox VE refused GET /nodes/pve/qemu/9102/config: 595 No route to host.\n');
});

test('something else answers', async () => {
  const { pve, folder } = await start();
  pve.faults.push({ request: /./, text: '<html>Welcome</html>' });
  expect(await errorOf(folder)).toBe(`Error: ${pve.endpoint} answers, but is no Proxmox VE. Check the endpoint.\n`);
});

test('a connection that is cut off once is tried again, where that does no harm', async () => {
  const { pve, folder } = await start();
  pve.faults.push({ request: /^GET .*permissions/, times: 1 }, { request: /^GET .*nextid/, times: 1 });
  expect((await folder.run()).status).toBe(0);
  expect(pve.requests.filter((request) => request === 'GET /access/permissions')).toHaveLength(2);
  expect(pve.requests.filter((request) => request === 'GET /cluster/nextid')).toHaveLength(3);
});

test('a deletion is not tried again', async () => {
  const { pve, folder } = await start();
  pve.guests.push(guests.build());
  pve.faults.push({ request: /^DELETE /, times: 1 });
  expect(await errorOf(folder)).toContain('cannot be reached (ECONNRESET)');
  expect(pve.changes).toEqual(['DELETE /nodes/pve/qemu/9102']);
});

test('a wrong token', async () => {
  const { pve, folder } = await start();
  pve.token = 'another';
  expect(await errorOf(folder)).toBe('Error: Proxmox VE refused GET /cluster/resources?type=vm: 401 Authentication failed. Check the API token in ' +
    'TF_VAR_proxmox_api_token: it may be wrong, expired or disabled.\n');
});

test('a token that is none', async () => {
  const { pve, folder } = await start();
  folder.environment.TF_VAR_proxmox_api_token = UUID;
  expect(await errorOf(folder)).toBe('Error: The API token is not written user@realm!name=uuid.\n');
  expect(pve.requests).toEqual([]);
});

test.each([undefined, ''])('no token (%j)', async (value) => {
  const { pve, folder } = await start();
  folder.environment.TF_VAR_proxmox_api_token = value;
  expect(await errorOf(folder)).toBe('Error: The secret proxmox_api_token is not given. Set TF_VAR_proxmox_api_token in the environment of the deploy.\n');
  expect(pve.requests).toEqual([]);
});

test('no file, and an empty file', async () => {
  const { folder } = await start();
  folder.config.credentials.secret = { source: 'file', reference: '~/token' };
  expect(await errorOf(folder)).toBe('Error: The secret in ~/token cannot be read (ENOENT). Put it there, readable for the user who deploys.\n');
  fs.writeFileSync(path.join(folder.path, 'home/token'), '\n');
  expect(await errorOf(folder)).toBe('Error: The file ~/token is to hold a secret, and is empty.\n');
});

test('a wrong password', async () => {
  const { folder } = await start();
  folder.config.credentials = { user: 'deploy@pve', secret: { source: 'environment', reference: 'proxmox_password' } };
  folder.environment.TF_VAR_proxmox_password = 'guessed';
  expect(await errorOf(folder)).toBe('Error: Proxmox VE refused POST /access/ticket: 401 authentication failure. Check the password of deploy@pve in ' +
    'TF_VAR_proxmox_password: it may be wrong, expired or disabled.\n');
});

test('a user with a second factor', async () => {
  const { pve, folder } = await start();
  pve.secondFactor = true;
  folder.config.credentials = { user: 'deploy@pve', secret: { source: 'environment', reference: 'proxmox_password' } };
  folder.environment.TF_VAR_proxmox_password = PASSWORD;
  expect(await errorOf(folder)).toBe('Error: deploy@pve has to give a second factor, which a deploy cannot. Use an API token.\n');
});

test('what is forbidden is named', async () => {
  const { pve, folder } = await start();
  pve.guests.push(guests.ours());
  pve.faults.push({ request: /config$/, status: 403, reason: 'Permission check failed (/vms/9102, VM.Audit)' });
  expect(await errorOf(folder)).toBe('Error: Proxmox VE refused GET /nodes/pve/qemu/9102/config: 403 Permission check failed (/vms/9102, VM.Audit). Grant the user ' +
    'what is missing, and the API token too where its privileges are separated.\n');
});

test('an id that no machine can have is not taken for one that is held', async () => {
  const { pve, folder } = await start();
  pve.faults.push({
    request: /nextid/,
    status: 400,
    reason: 'Parameter verification failed.',
    text: JSON.stringify({ data: null, errors: { vmid: 'invalid format - value does not look like a valid VM ID\n' } }),
  });
  expect(await errorOf(folder)).toBe('Error: Proxmox VE refused GET /cluster/nextid?vmid=9102: 400 Parameter verification failed. vmid: invalid format - value does not ' +
    'look like a valid VM ID.\n');
});
