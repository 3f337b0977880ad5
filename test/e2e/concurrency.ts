import * as fs from 'node:fs';
import { Outcome } from '../../tools';
import { type Report } from '../support/report';
import { Blueprint, Checkout, Site, legible } from './faults-site';

const bake = { QUICK_PACKER_BAKE: '3000' };

/** Two deploys at once: nothing of the one is destroyed by the other, and a plain deploy afterwards ends well. */
export async function concurrency(report: Report): Promise<void> {
  const first = await Blueprint.make('first');
  await sharedState(report, first);
  await sameProgram(report, first, 'on one machine', true);
  await sameProgram(report, first, 'on two machines', false);
  const second = await Blueprint.make('second');
  await sameImage(report, first, second, 'on one machine', true);
  await sameImage(report, first, second, 'on two machines', false);
  await differentOwners(report, first, await Blueprint.make('first', 'others', 9110, 510), 'with ids of their own', ['two succeed']);
  await differentOwners(report, first, await Blueprint.make('first', 'rivals', 9100, 500), 'with the same ids', ['one succeeds', 'none succeeds']);
}

const failures = (outcomes: readonly Outcome[]) => outcomes.filter(({ status }) => status !== 0);
const counted = (outcomes: readonly Outcome[]) => ['two succeed', 'one succeeds', 'none succeeds'][failures(outcomes).length];

/** What one of two that lose may say. */
const clear = /state lock|is building VM|VM id \d+ is held by|already exists|refusing to override existing file|Something took VM id|Packer ended well, but|VM is locked|does not exist|got timeout|is being built|it is not a template|you can't convert a template/;

async function sharedState(report: Report, blueprint: Blueprint): Promise<void> {
  report.section('one checkout, deployed twice at once');
  await on(async (site) => {
    const checkout = new Checkout(site, blueprint, { environment: bake });
    const outcomes = await Promise.all([checkout.apply(), checkout.apply()]);
    report.equal('one of them', counted(outcomes), 'one succeeds');
    report.match('the other says why', legible(failures(outcomes)[0]?.output ?? ''), /Error acquiring the state lock/);
    await afterwards(report, site, checkout);
  });
}

/** Two states of one program: what the one made is the other's, too, so both may end well, and a plain deploy of the first does. */
async function sameProgram(report: Report, blueprint: Blueprint, where: string, oneMachine: boolean): Promise<void> {
  report.section(`two checkouts of one program ${where}`);
  await on(async (site) => {
    const one = new Checkout(site, blueprint, { environment: bake });
    const two = new Checkout(site, blueprint, { environment: oneMachine ? { ...bake, XDG_STATE_HOME: `${one.folder}/state` } : bake });
    const outcomes = await Promise.all([one.apply(), two.apply()]);
    report.equal('not both succeed', failures(outcomes).length > 0, true);
    failures(outcomes).forEach(({ output }) => report.match('who fails says why', legible(output), clear));
    // Who came first goes on; the other one's checkout is thrown away.
    await afterwards(report, site, outcomes[1].status === 0 ? two : one);
  });
}

/** Two that rebuild one image from the same state, as two pipelines do whose state is not locked. */
async function sameImage(report: Report, first: Blueprint, second: Blueprint, where: string, oneMachine: boolean): Promise<void> {
  report.section(`two rebuilds of one image ${where}`);
  await on(async (site) => {
    const before = new Checkout(site, first);
    const { status, output } = await before.apply();
    report.equal('a good deploy', status === 0 ? '' : output, '');
    const machines = [site.describe(500), site.describe(100)];
    const one = new Checkout(site, second, { environment: bake, patient: true });
    const two = new Checkout(site, second, { environment: oneMachine ? { ...bake, XDG_STATE_HOME: `${one.folder}/state` } : bake, patient: true });
    for (const { folder } of [one, two]) fs.copyFileSync(`${before.folder}/terraform.tfstate`, `${folder}/terraform.tfstate`);
    const outcomes = await Promise.all([one.apply(), two.apply()]);
    report.equal('not both fail', counted(outcomes) !== 'none succeeds', true);
    failures(outcomes).forEach((failed) => report.match('who fails says why', legible(failed.output), clear));
    report.equal('the machines are as they were', [site.describe(500), site.describe(100)], machines);
    report.equal('an image stands', site.pve.vms.filter(({ vmId, template }) => vmId === 9101 && template).length, 1);
    await afterwards(report, site, outcomes[1].status === 0 ? two : one);
  });
}

async function differentOwners(report: Report, blueprint: Blueprint, other: Blueprint, how: string, expected: readonly string[]): Promise<void> {
  report.section(`two programs ${how}`);
  await on(async (site) => {
    const one = new Checkout(site, blueprint, { environment: bake });
    const two = new Checkout(site, other, { environment: bake });
    const outcomes = await Promise.all([one.apply(), two.apply()]);
    report.equal(`of ${expected.join(' or ')}`, expected.includes(counted(outcomes)), true);
    failures(outcomes).forEach(({ output }) => report.match('who fails says why', legible(output), clear));
    const loser = outcomes[0].status === 0 ? two : one;
    const winner = loser === one ? two : one;
    report.equal('who fails leaves all of the other when it goes', (await loser.deployment.destroy()).status, 0);
    await afterwards(report, site, winner);
  });
}

async function afterwards(report: Report, site: Site, checkout: Checkout): Promise<void> {
  await checkout.gone();
  const { status, output } = await checkout.apply();
  report.equal('a plain deploy ends well', status === 0 ? '' : output, '');
  report.equal('and leaves nothing to change', (await checkout.deployment.plan()).status, 0);
  report.equal('two templates stand', site.own.filter((text) => text.startsWith('template')).length, 2);
  report.equal('destroy ends well', (await checkout.deployment.destroy()).status, 0);
  report.equal('no template is left', site.own.filter((text) => text.startsWith('template')), []);
  report.equal('no stranger was touched', await site.foreign(), site.strangers);
}

async function on(work: (site: Site) => Promise<void>): Promise<void> {
  const site = await Site.start();
  try {
    await work(site);
  } finally {
    await site.stop();
  }
}
