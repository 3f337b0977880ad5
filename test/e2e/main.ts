/**
 * The whole story with the real tools on a simulated Proxmox VE: `npm run e2e [-- SCENARIO ...]`.
 *
 * It runs in namespaces of its own: a network without a way out, in which `pve.lan` is this machine.
 */
import { smallImage } from '../../tools/guests/image';
import { installerIso } from '../../tools/guests/installer';
import { isIsolated, runIsolated } from '../../tools/trial/isolation';
import { prepare } from '../../tools/trial/prepare';
import { trialHost } from '../../tools/trial/server';
import { Report } from '../support/report';
import { concurrency } from './concurrency';
import { examples } from './examples';
import { faults } from './faults';
import { gpu } from './gpu';
import { iso } from './iso';
import { story } from './story';
import { strangers } from './strangers';
import { talos } from './talos';

/** What can be tried; all by default. */
const scenarios: { readonly [name: string]: (report: Report) => Promise<void> } = {
  examples,
  story,
  strangers,
  concurrency,
  faults,
  gpu,
  talos,
  iso,
};

async function main(): Promise<number> {
  const names = process.argv.slice(2);
  const unknown = names.filter((name) => !(name in scenarios));
  if (unknown.length > 0) throw new Error(`There is no scenario ${unknown.join(', ')}; there are ${Object.keys(scenarios).join(', ')}.`);
  if (!isIsolated()) {
    await prepare(['packer', 'packer-plugins', 'provider-mirror', 'terraform', 'tofu', 'ansible-playbook', 'xorriso'], (line) => console.log(line));
    await smallImage();
    await installerIso();
    return runIsolated([trialHost]);
  }
  const report = new Report();
  for (const name of names.length > 0 ? names : Object.keys(scenarios)) {
    const start = Date.now();
    report.section(name);
    try {
      await scenarios[name](report);
    } catch (error) {
      report.broken(error);
    }
    console.log(`# ${name}: ${Math.round((Date.now() - start) / 1000)} s`);
  }
  return report.finish() ? 0 : 1;
}

main().then((status) => process.exit(status), (error: Error) => {
  console.error(error.message);
  process.exit(1);
});
