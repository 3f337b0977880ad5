/**
 * An installation of Debian 12 as far as it can be had, with the real installer: `npm run acceptance [-- cd|http]`; see README.md.
 *
 * It runs in namespaces of its own: a network without a way out, in which `pve.lan` is this machine, and so is every mirror.
 */
import { installerIso } from '../../tools/guests/installer';
import { isIsolated, runIsolated } from '../../tools/trial/isolation';
import { prepare } from '../../tools/trial/prepare';
import { trialHost } from '../../tools/trial/server';
import { Report } from '../support/report';
import { Delivery, debian } from './debian';
import { needInstaller } from './installer-iso';

const DELIVERIES: readonly Delivery[] = ['cd', 'http'];

async function main(): Promise<number> {
  const asked = DELIVERIES.filter((delivery) => process.argv.length === 2 || process.argv.slice(2).includes(delivery));
  if (asked.length === 0) throw new Error(`There is nothing but ${DELIVERIES.join(' and ')}.`);
  if (!isIsolated()) {
    needInstaller();
    await prepare(['packer', 'packer-plugins', 'provider-mirror', 'terraform', 'xorriso'], (line) => console.log(line));
    await installerIso();
    return runIsolated([trialHost]);
  }
  const report = new Report();
  for (const delivery of asked) {
    report.section(`answers by ${delivery}`);
    try {
      await debian(report, delivery);
    } catch (error) {
      report.broken(error);
    }
  }
  return report.finish() ? 0 : 1;
}

main().then((status) => process.exit(status), (error: Error) => {
  console.error(error.message);
  process.exit(1);
});
