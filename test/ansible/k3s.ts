import * as crypto from 'node:crypto';
import * as fs from 'node:fs';
import * as http from 'node:http';
import * as net from 'node:net';
import * as path from 'node:path';
import { run as runTool, toolPath } from '../../tools';
import { type Report } from '../support/report';
import { write } from './bake';
import { type Machine } from './machine';
import { ANSIBLE, play, type PlayResult } from './play';

const PATH = '/releases/download/v1.30.0%2Bk3s1';
const IMAGES = Buffer.from('images of pods');

/**
 * k3s in an image: refusals, a dry run, an installation, the same again, and the removal. What is downloaded are stand-ins from a server of the
 * test's own: in place of k3s a program that does nothing for a while.
 */
export async function k3s(ansiblePlaybook: string, machine: Machine, report: Report): Promise<void> {
  const program = fs.readFileSync(path.join(machine.root, 'usr/bin/sleep'));
  const asked: string[] = [];
  const server = await serve({ [`${PATH}/k3s`]: program, [`${PATH}/k3s-airgap-images-amd64.tar.zst`]: IMAGES }, asked);
  const { port } = server.address() as net.AddressInfo;
  const release = {
    k3s_version: 'v1.30.0+k3s1',
    k3s_checksum: sha256(program),
    k3s_images_checksum: sha256(IMAGES),
    k3s_preload_images: true,
    k3s_download_url: `http://127.0.0.1:${port}${PATH}`,
  };
  try {
    await scenario(ansiblePlaybook, machine, report, release, asked);
  } finally {
    server.close();
  }
}

async function scenario(ansiblePlaybook: string, machine: Machine, report: Report, release: { [name: string]: any }, asked: string[]): Promise<void> {
  const run = (variables: object, ...more: string[]): Promise<PlayResult> => play(ansiblePlaybook, machine, {
    user: 'root', variables: { ...release, ...variables }, playbook: path.join(__dirname, 'k3s.yml'), arguments: more,
  });
  const refuse = async (what: string, variables: object, message: RegExp) => {
    const refused = await run(variables);
    report.match(what, refused.status === 0 ? 'it was accepted' : refused.output.replace(/\s+/g, ' '), message);
  };
  const state = () => machine.inside('find /usr/local /etc/rancher /var/lib/rancher /etc/systemd /etc/sysctl.d /etc/modules-load.d /etc/NetworkManager -ls 2>/dev/null || true');

  const scripts = fs.readdirSync(path.join(ANSIBLE, 'roles/k3s/files')).map((name) => path.join(ANSIBLE, 'roles/k3s/files', name));
  const checked = await runTool(toolPath('shellcheck'), ['--shell=sh', ...scripts]);
  report.equal('shellcheck', [checked.status, checked.output], [0, '']);

  const untouched = await state();
  await refuse('a version that is no tag', { k3s_version: '1.30.0' }, /such as v1\.37\.1\+k3s1\. It is: 1\.30\.0/);
  await refuse('images without a checksum', { k3s_images_checksum: '' }, /k3s_images_checksum with k3s_preload_images \(\)/);
  write(machine, 'etc/alpine-release', '3.23.4\n');
  await refuse('another family', {}, /does not support Alpine/);
  await machine.inside('rm /etc/alpine-release');
  report.equal('nothing was changed by what was refused', await state(), untouched);
  report.equal('nothing was asked for', asked, []);

  const dry = await run({}, '--check');
  report.match('a dry run succeeds', dry.status === 0 ? dry.recap : dry.output, /unreachable=0 +failed=0 /);
  report.equal('and changes nothing', await state(), untouched);
  await machine.inside('mkdir -p /etc/NetworkManager/conf.d; echo mine >/usr/local/bin/ctr');
  await refuse('another program than the one that is pinned', { k3s_checksum: '0'.repeat(64) }, /checksum for .*k3s.* did not match 0{64}/);
  report.equal('it is not there', machine.list('/usr/local/bin'), ['ctr']);
  await refuse('other images than those that are pinned', { k3s_images_checksum: '0'.repeat(64) }, /checksum for .*k3s-airgap.* did not match 0{64}/);
  report.equal('they are not there', machine.list('/var/lib/rancher/k3s/agent/images'), []);

  const first = await run({});
  report.match('it is installed', first.status === 0 ? first.recap : first.output, /unreachable=0 +failed=0 /);
  report.equal('the second run changes nothing', (await run({})).changed, []);
  report.equal('each file was asked for as often as it was not there', asked.filter((url) => url.startsWith('GET')), [
    `GET ${PATH}/k3s`, `GET ${PATH}/k3s`, `GET ${PATH}/k3s-airgap-images-amd64.tar.zst`, `GET ${PATH}/k3s-airgap-images-amd64.tar.zst`,
  ]);
  report.equal('what is there', await machine.inside('cd /usr/local/bin; stat -c "%A %U:%G %N" *; cat ctr'), [
    "lrwxrwxrwx root:root 'crictl' -> 'k3s'",
    "-rw-r--r-- root:root 'ctr'",
    "-rwxr-xr-x root:root 'k3s'",
    "lrwxrwxrwx root:root 'k3s-agent-uninstall.sh' -> 'k3s-uninstall.sh'",
    "-rwxr-xr-x root:root 'k3s-killall.sh'",
    "-rwxr-xr-x root:root 'k3s-uninstall.sh'",
    "lrwxrwxrwx root:root 'kubectl' -> 'k3s'",
    'mine', '',
  ].join('\n'));
  report.equal('the images', machine.read('/var/lib/rancher/k3s/agent/images/k3s-airgap-images-amd64.tar.zst'), IMAGES.toString());
  report.equal('nothing that a node writes', await machine.inside('cd /var/lib/rancher/k3s; find . -type f; find /etc/rancher'),
    './agent/images/k3s-airgap-images-amd64.tar.zst\n/etc/rancher\n/etc/rancher/k3s\n/etc/rancher/k3s/config.yaml.d\n');
  report.match('NetworkManager leaves the interfaces of pods alone', machine.read('/etc/NetworkManager/conf.d/k3s.conf') ?? '', /^unmanaged-devices=interface-name:cni\*;/m);
  report.equal('modules and settings of the kernel', [machine.read('/etc/modules-load.d/k3s.conf'), machine.read('/etc/sysctl.d/90-k3s.conf')], [
    '# Written by the role k3s.\noverlay\nbr_netfilter\n',
    '# Written by the role k3s.\nnet.bridge.bridge-nf-call-ip6tables = 1\nnet.bridge.bridge-nf-call-iptables = 1\nnet.ipv4.ip_forward = 1\n',
  ]);
  for (const [unit, role, other] of [['k3s', 'server', 'k3s-agent'], ['k3s-agent', 'agent', 'k3s']]) {
    const text = machine.read(`/etc/systemd/system/${unit}.service`) ?? '';
    report.equal(`${unit}: what it starts`, text.match(/^(ExecStart|Conflicts|ConditionPathExists|WantedBy)=.*$/gm), [
      `Conflicts=${other}.service`, 'ConditionPathExists=/etc/rancher/k3s/config.yaml', `ExecStart=/usr/local/bin/k3s ${role}`, 'WantedBy=multi-user.target',
    ]);
    report.equal(`${unit}: nobody has enabled it`, await machine.inside(`systemctl is-enabled ${unit}.service || true`), 'disabled\n');
    // Of this root filesystem, that has no kernel, systemd only says that there is no modprobe.
    const verified = await machine.inside(`systemd-analyze verify /etc/systemd/system/${unit}.service 2>&1 || true`);
    report.without(`${unit}: systemd reads it`, verified, new RegExp(`${unit}\\.service:(?!.*modprobe)`));
  }

  await refusesWhatWasStarted(machine, report, refuse);
  const without = await run({ k3s_preload_images: false });
  report.equal('without images', [without.changed, machine.list('/var/lib/rancher/k3s/agent/images')], [['k3s : Remove images that are not asked for'], []]);
  await remove(machine, report);
}

/** Each trace alone would do; the message names them all. */
async function refusesWhatWasStarted(
  machine: Machine, report: Report, refuse: (what: string, variables: object, message: RegExp) => Promise<void>,
): Promise<void> {
  await machine.inside('systemctl enable k3s-agent.service 2>/dev/null; mkdir -p /var/lib/rancher/k3s/server /etc/rancher/node');
  await machine.ssh('root', 'setsid /usr/local/bin/k3s 600 </dev/null >/dev/null 2>&1 & echo $! >/run/rig/k3s.pid');
  const traces = ['/var/lib/rancher/k3s/server', '/etc/rancher/node', '/proc/\\d+/exe', '/etc/systemd/system/multi-user.target.wants/k3s-agent.service'];
  await refuse('a machine that was started', {}, new RegExp(`its clones would all be the same node \\(${traces.join(', ')}\\)\\.`));
  report.equal('its process is ended', (await machine.ssh('root', 'kill `cat /run/rig/k3s.pid`')).status, 0);
  await machine.inside('systemctl disable k3s-agent.service 2>/dev/null; rm -r /var/lib/rancher/k3s/server /etc/rancher/node');
}

/** In a network of its own: it takes interfaces away. */
async function remove(machine: Machine, report: Report): Promise<void> {
  const removed = await machine.ssh('root', `mkdir -p "/run/k3s/a b" && mount -t tmpfs none "/run/k3s/a b" && echo kept >/etc/sysctl.d/10-mine.conf
    unshare --net /usr/local/bin/k3s-agent-uninstall.sh && ! grep k3s /proc/self/mounts`);
  report.equal('it is removed', [removed.status, removed.stdout], [0, '']);
  const places = [
    '/usr/local/bin', '/etc/rancher', '/var/lib/rancher', '/run/k3s', '/etc/systemd/system/k3s*', '/etc/sysctl.d/10-mine.conf', '/etc/sysctl.d/90-k3s.conf',
    '/etc/modules-load.d/k3s.conf', '/etc/NetworkManager/conf.d/k3s.conf',
  ];
  report.equal('with all that came with it', await machine.inside(`find ${places.join(' ')} 2>/dev/null || true`), '/usr/local/bin\n/usr/local/bin/ctr\n/etc/sysctl.d/10-mine.conf\n');
}

function sha256(content: Buffer): string {
  return crypto.createHash('sha256').update(content).digest('hex');
}

/** Serves contents by their paths on loopback, and notes what is asked for. */
function serve(contents: { readonly [path: string]: Buffer }, asked: string[]): Promise<http.Server> {
  const server = http.createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    const content = contents[request.url ?? ''];
    response.writeHead(content === undefined ? 404 : 200);
    response.end(content);
  });
  return new Promise((resolve) => { server.listen(0, '127.0.0.1', () => resolve(server)); });
}
