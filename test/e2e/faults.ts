import { type Report } from '../support/report';
import { Blueprint, Checkout, Site } from './faults-site';

export async function faults(report: Report): Promise<void> {
  const first = await Blueprint.make('first');
  const site = await Site.start();
  const checkout = new Checkout(site, first);
  let t = Date.now();
  const lap = (what: string) => { console.log(what, Date.now() - t); t = Date.now(); };
  const a = await checkout.apply();
  lap('apply');
  console.log(a.output);
  report.equal('plan', (await checkout.deployment.plan()).status, 0);
  lap('plan');
  console.log(site.own);
  const d = await checkout.deployment.destroy();
  lap('destroy');
  report.equal('destroy', d.status === 0 ? '' : d.output, '');
  report.equal('own', site.own, []);
  report.equal('foreign', await site.foreign(), site.strangers);
  await site.stop();
}
