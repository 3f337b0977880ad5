import { isDeepStrictEqual } from 'node:util';
import { type Report } from '../support/report';
import { Blueprint, Checkout, Site, legible } from './faults-site';
import { FaultCase, firstDeploy, rebuild } from './faults-table';

/** Cases at a time; each waits more than it works. */
const LANES = 3;

/** One check of a case, said when its turn comes. */
type Check = (report: Report) => void;

/** What may go wrong in the middle of a deploy, and that nothing of it lasts: see faults-table.ts. */
export async function faults(report: Report): Promise<void> {
  const blueprints = { first: await Blueprint.make('first'), second: await Blueprint.make('second') };
  const only = process.env.FAULTS_ONLY;
  const all = [...firstDeploy, ...rebuild.map((one) => ({ ...one, name: `rebuild: ${one.name}`, rebuild: true }))]
    .filter(({ name }) => only === undefined || new RegExp(only).test(name));
  const resolve: ((checks: Check[]) => void)[] = [];
  const results = all.map((_, i) => new Promise<Check[]>((done) => { resolve[i] = done; }));
  let next = 0;
  const lane = async () => {
    for (let i = next++; i < all.length; i = next++) resolve[i](await strike(all[i], blueprints));
  };
  const lanes = Array.from({ length: LANES }, lane);
  for (const [i, { name }] of all.entries()) {
    report.section(name);
    (await results[i]).forEach((check) => check(report));
  }
  await Promise.all(lanes);
}

/** A deploy with the fault, a deploy without it, and the end. */
async function strike(one: FaultCase, { first, second }: { readonly first: Blueprint; readonly second: Blueprint }): Promise<Check[]> {
  const checks: Check[] = [];
  const succeeded = (what: string, { status, output }: { status: number; output: string }) => checks.push((report) => report.equal(what, status === 0 ? '' : output, ''));
  const equal = (what: string, actual: unknown, expected: unknown) => checks.push((report) => report.equal(what, actual, expected));
  const begin = Date.now();
  const site = await Site.start();
  let checkout = new Checkout(site, first, one.options);
  try {
    if (one.rebuild) {
      succeeded('a good deploy', await new Checkout(site, first, {}, checkout.folder).apply());
      checkout = new Checkout(site, second, one.options, checkout.folder);
    }
    const before = site.describe(9101);
    const machines = [site.describe(500), site.describe(100)];
    one.faults?.forEach((fault) => site.pve.addFault(fault));
    one.arrange?.({ site, checkout });
    const { status, output } = await checkout.apply();
    if (one.error === undefined) {
      equal('the deploy ends well in spite of it', status === 0 ? '' : output, '');
    } else {
      equal('the deploy fails', status === 0, false);
      const said = legible(output);
      one.error.forEach((error) => checks.push((report) => report.match(`it says ${error}`, said, error)));
    }
    const struck = site.pve.faultsStruck;
    if (one.faults !== undefined) equal('the fault has struck', struck > 0, true);
    await checkout.gone();
    await site.pve.idle();
    site.pve.clearFaults();
    equal('no stranger was touched', await site.foreign(), site.strangers);
    if (one.rebuild) {
      const kept = isDeepStrictEqual(site.describe(9101), before);
      equal('the previous template stands where it was', kept, one.keeps ?? true);
      if (kept) equal('it can be cloned', await site.canBeCloned(9101), true);
      equal('the machines are as they were', [site.describe(500), site.describe(100)], machines);
    }
    await one.repair?.({ site, checkout });
    const calm = new Checkout(site, one.rebuild ? second : first, {}, checkout.folder);
    succeeded('a second deploy ends well', await calm.apply());
    const plan = await calm.deployment.plan();
    equal('and leaves nothing to change', plan.status === 0 ? '' : plan.output, '');
    equal('what stands then', site.own.filter((text) => /^(machine|template)/.test(text)).map((text) => text.replace(/machine \d+ free/, 'machine N free')).sort(),
      ['machine 500 fixed', 'machine N free', 'template 9100 base', 'template 9101 image']);
    succeeded('destroy', await calm.deployment.destroy());
    equal('nothing is left', site.own, []);
    equal('no stranger was touched until the end', await site.foreign(), site.strangers);
  } catch (error) {
    checks.push((report) => report.broken(error));
  } finally {
    await site.stop();
    checkout.remove();
  }
  const seconds = Math.round((Date.now() - begin) / 1000);
  checks.push(() => console.log(`# ${seconds} s`));
  return checks;
}
