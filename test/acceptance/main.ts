/**
 * An installation of Debian 12 as far as it can be had, with the real installer: `npx tsx test/acceptance/main.ts`; see README.md.
 *
 * It runs in namespaces of its own: a network without a way out, in which `pve.lan` is this machine, and so is every mirror.
 */
import { installerIso } from '../../tools/guests/installer';
import { isIsolated, runIsolated } from '../../tools/trial/isolation';
import { prepare } from '../../tools/trial/prepare';
import { trialHost } from '../../tools/trial/server';
import { Report } from '../support/report';
import { debian } from './debian';
import { needInstaller } from './installer-iso';

async function main(): Promise<number> {
  if (!isIsolated()) {
    needInstaller();
    await prepare(['packer', 'packer-plugins', 'provider-mirror', 'terraform', 'xorriso'], (line) => console.log(line));
    await installerIso();
    return runIsolated([trialHost]);
  }
  const report = new Report();
  report.section('debian-12');
  try {
    await debian(report);
  } catch (error) {
    report.broken(error);
  }
  return report.finish() ? 0 : 1;
}

main().then((status) => process.exit(status), (error: Error) => {
  console.error(error.message);
  process.exit(1);
});
