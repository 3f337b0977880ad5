/*
 * The real Packer, with stand-ins for the plugins, judges the samples in both forms:
 * `npx tsx test/packer/real-packer.conformance.ts`. The last line is `N passed, N failed`.
 */
import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import * as packer from '../../lib/packer';
import { ToolUnavailable } from '../../tools';
import { formatted, sameConfiguration, sameInspection, valid } from '../conformance/judges/packer';
import { temporaryFolder } from '../conformance/text';
import { FULL_CLONE, FULL_ISO, FULL_WINRM, fullTemplate, MINIMAL_CLONE, MINIMAL_ISO, POST_PROCESSORS, PROVISIONERS } from './samples';

const SECRETS = ['proxmox_token', 'build_password', 'bastion_password'];
const VALUES = Object.fromEntries(SECRETS.map((name) => [`PKR_VAR_${name}`, `dummy of ${name}`]));
/** What the samples name beside the template; Packer looks whether it is there. */
const BESIDE = [
  'files/site.yml', 'files/motd', 'files/a.sh', 'files/b.sh', 'files/hosts', 'files/requirements.yml', 'files/seed/x', 'files/inventory/x', 'files/http/x',
  'a.sh', 'b.sh', 'a.ps1', 'b.ps1', 'a.bat', 'b.bat', 'a.yml', 'b.yml', 'host-key', 'authorized-key', 'requirements.yml', 'hosts', 'a', 'c',
  'group_vars/x', 'host_vars/x', 'more/x', 'roles/x', 'collections/x',
];

function templateOf(source: packer.Source): packer.Template {
  const template = new packer.Template({ name: 'sample' });
  for (const name of SECRETS) template.addVariable(new packer.Variable(name, { sensitive: true }));
  template.addSource(source);
  return template;
}

/** Key files would have to exist in the home of who runs this. */
const withoutKeys = { communicator: packer.Communicator.winRm(FULL_WINRM) };

function steps(): packer.Template {
  const template = templateOf(new packer.ProxmoxCloneSource('ubuntu', MINIMAL_CLONE));
  template.addSource(new packer.ProxmoxIsoSource('debian', MINIMAL_ISO));
  // The second of `shell-local` is for the Windows Subsystem for Linux only.
  const ofThisSystem = (type: string) => (_: unknown, i: number) => type !== 'shell-local' || i !== 1;
  for (const [type, list] of Object.entries(PROVISIONERS)) template.addProvisioners(...list.filter(ofThisSystem(type)));
  for (const [type, list] of Object.entries(POST_PROCESSORS)) template.addPostProcessors(...list.filter(ofThisSystem(type)));
  return template;
}

/** @param releaseUrl what `packer inspect` asks for the http data source */
const templates = (releaseUrl: string): { readonly [name: string]: packer.Template } => ({
  'one of everything': fullTemplate(releaseUrl),
  'the least of a clone': templateOf(new packer.ProxmoxCloneSource('ubuntu', MINIMAL_CLONE)),
  'all of a clone': templateOf(new packer.ProxmoxCloneSource('ubuntu', { ...FULL_CLONE, ...withoutKeys })),
  'the least of an installation': templateOf(new packer.ProxmoxIsoSource('debian', MINIMAL_ISO)),
  'all of an installation': templateOf(new packer.ProxmoxIsoSource('debian', { ...FULL_ISO, ...withoutKeys })),
  'all steps': steps(),
});

async function main(): Promise<number> {
  const results: boolean[] = [];
  const report = (what: string, verdict: string | undefined) => {
    results.push(verdict === undefined);
    if (verdict !== undefined) console.log(`FAILED ${what}\n${verdict.slice(0, 4000)}`);
  };
  const server = createServer((_, response) => response.setHeader('Content-Type', 'text/plain').end('24.04.3'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const releaseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  for (const [name, template] of Object.entries(templates(releaseUrl))) {
    const beside = Object.fromEntries(BESIDE.map((path) => [path, 'x\n']));
    const hcl = temporaryFolder('hcl', { ...beside, 'sample.pkr.hcl': template.toHcl() });
    const json = temporaryFolder('json', { ...beside, 'sample.pkr.json': template.toJson() });
    report(`${name}: packer fmt`, await formatted(hcl));
    report(`${name}: packer validate, HCL`, await valid(hcl, VALUES));
    report(`${name}: packer validate, JSON`, await valid(json, VALUES));
    report(`${name}: packer inspect`, await sameInspection(hcl, json, VALUES));
    report(`${name}: plugins receive`, await sameConfiguration(hcl, json, VALUES));
  }
  server.close();
  console.log(`${results.filter((ok) => ok).length} passed, ${results.filter((ok) => !ok).length} failed`);
  return results.every((ok) => ok) ? 0 : 1;
}

main().then((status) => { process.exitCode = status; }, (error) => {
  if (!(error instanceof ToolUnavailable)) throw error;
  console.error(error.message);
  process.exitCode = 1;
});
