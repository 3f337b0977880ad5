import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { PveRelease, PveSimulator } from '../../lib/simulator';
import { exampleNames } from '../../tools/synth/main';
import { Deployment } from '../../tools/trial/deployment';
import { seedDownloads, seedGoldenImages } from '../../tools/trial/seeds';
import { startTrialServer } from '../../tools/trial/server';
import { type Report } from '../support/report';
import { exampleSites } from './example-sites';

/** Every two of release, tool and core meet. */
const combinations = [
  { release: PveRelease.V8_4, terraform: 'terraform', core: 'cdktf' },
  { release: PveRelease.V8_4, terraform: 'tofu', core: 'cdktn' },
  { release: PveRelease.V9_1, terraform: 'terraform', core: 'cdktn' },
  { release: PveRelease.V9_1, terraform: 'tofu', core: 'cdktf' },
] as const;

/** Each of them once, for examples that take long. */
const few = [combinations[0], { release: PveRelease.V9_1, terraform: 'tofu', core: 'cdktn' }] as const;

/** Every example, unchanged: applied, nothing left to change, destroyed with nothing left behind; the golden images come from a pipeline. */
export async function examples(report: Report): Promise<void> {
  for (const name of exampleNames()) {
    const { server, prepare, slow, environment, lacks } = exampleSites[name] ?? {};
    for (const { release, terraform, core } of slow ? few : combinations) {
      report.section(`${name} on Proxmox VE ${release} by ${terraform}, written with ${core}${lacks === undefined ? '' : `; only planned, for want of ${lacks}`}`);
      const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'proxmox-constructs-e2e-'));
      const pve = await startTrialServer({ release, ...server });
      try {
        await prepare?.(pve);
        const deployment = new Deployment({
          program: path.resolve(__dirname, '../../examples', name),
          folder,
          terraform,
          core,
          certificate: pve.certificate,
          apiToken: pve.apiToken,
          environment,
          context: { 'proxmox-constructs:imageBuild': 'external' },
        });
        await (lacks === undefined ? deploy : plan)(report, pve, deployment);
      } finally {
        await pve.stop();
        fs.rmSync(folder, { recursive: true, force: true });
      }
    }
  }
}

/** As far as it comes: Terraform knows what it would make. */
async function plan(report: Report, pve: PveSimulator, deployment: Deployment): Promise<void> {
  await deployment.synthesize();
  await seedGoldenImages(pve, deployment);
  report.equal('init', (await deployment.init()).status, 0);
  const { status, output } = await deployment.plan();
  report.equal('plan', status === 2 ? '' : output, '');
  const resources = Object.values(deployment.configuration.resource ?? {}).reduce((count, byName) => count + Object.keys(byName).length, 0);
  report.equal('everything would be made', /Plan: (\d+) to add, 0 to change, 0 to destroy/.exec(output)?.[1], String(resources));
}

async function deploy(report: Report, pve: PveSimulator, deployment: Deployment): Promise<void> {
  await deployment.synthesize();
  seedDownloads(pve, deployment);
  await seedGoldenImages(pve, deployment);
  const seeded = pve.vms.map(({ vmId }) => vmId);
  const mappings = await pve.call('GET', '/cluster/mapping/pci');
  const succeeded = (what: string, { status, output }: { status: number; output: string }) => report.equal(what, status === 0 ? '' : output, '');
  succeeded('init', await deployment.init());
  succeeded('apply', await deployment.apply());
  const vms = Object.values<any>(deployment.configuration.resource?.proxmox_virtual_environment_vm ?? {});
  report.equal('what stands on the server', pve.vms.filter(({ vmId }) => !seeded.includes(vmId)).map(({ name, template }) => ({ name, template })).sort(byName),
    vms.map(({ name, template }) => ({ name, template: template === true })).sort(byName));
  report.equal('the second plan has no changes', (await deployment.plan()).status, 0);
  succeeded('destroy', await deployment.destroy());
  report.equal('nothing is left but what the pipeline built', pve.vms.map(({ vmId }) => vmId), seeded);
  report.equal('nor a mapping of devices but those that were there', await pve.call('GET', '/cluster/mapping/pci'), mappings);
  report.equal('no volume is left either', pve.volumes.filter(({ volumeId }) => !seeded.some((id) => volumeId.includes(`-${id}-`))), []);
}

const byName = (a: { name: string }, b: { name: string }) => a.name < b.name ? -1 : 1;
