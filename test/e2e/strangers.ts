import * as fs from 'node:fs';
import * as path from 'node:path';
import { type Report } from '../support/report';
import { Blueprint, Checkout, Site, legible } from './faults-site';

const secret = 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee';
const privileges = [
  'VM.Audit', 'VM.Clone', 'VM.Allocate', 'VM.Config.Options', 'VM.Config.Cloudinit', 'VM.Config.CPU', 'VM.Config.Memory', 'VM.Config.Network', 'VM.Config.HWType',
  'VM.Config.CDROM', 'VM.Config.Disk', 'VM.PowerMgmt', 'VM.GuestAgent.Audit', 'Datastore.Allocate', 'Datastore.AllocateSpace', 'Datastore.AllocateTemplate',
  'Datastore.Audit', 'SDN.Use', 'Sys.Audit', 'Sys.Modify',
];

/** Who may hold an id. */
const holders = ['machine', 'template', 'container'] as const;

/** A program with ids of the default plan, and one with a plan of its own. */
const programs = [
  { what: 'the default plan', firstId: 9100, machineId: 500 },
  { what: 'a plan of its own', firstId: 7000, machineId: 510 },
];

/** Somebody else holds an id: without our conditions the provider takes over, with them nothing of it is touched. */
export async function strangers(report: Report): Promise<void> {
  await trap(report);
  for (const program of programs) {
    const blueprint = await Blueprint.make('first', 'strangers', program.firstId, program.machineId);
    const ids = [['CloudImageTemplate', program.firstId], ['GoldenImage', program.firstId + 1], ['VirtualMachine', program.machineId]] as const;
    for (const [construct, id] of ids) {
      for (const holder of holders) {
        for (const visible of [true, false]) {
          report.section(`${construct} on the id of a ${visible ? '' : 'hidden '}${holder}, ids by ${program.what}`);
          await held(report, blueprint, { id, holder, visible, image: program.firstId + 1 });
        }
      }
    }
  }
  await names(report, await Blueprint.make('first', 'strangers', 9100, 500));
}

interface Held {
  readonly id: number;
  readonly holder: typeof holders[number];
  readonly visible: boolean;
  /** The id of the golden image. */
  readonly image: number;
}

async function held(report: Report, blueprint: Blueprint, { id, holder, visible, image }: Held): Promise<void> {
  // What is said of a path holds instead of what is handed down to it: the worst token may rewrite what it may not see.
  const permissions = [{ path: '/', privileges }, ...(visible ? [] : [{ path: `/vms/${id}`, privileges: ['VM.Allocate'] }])];
  const site = await Site.start({ tokens: [{ id: 'deploy@pve!ci', secret, permissions }] });
  const checkout = new Checkout(site, blueprint, { apiToken: `deploy@pve!ci=${secret}` });
  try {
    if (holder === 'container') site.pve.addContainer(id);
    else await site.addStranger(id, { template: holder === 'template', running: holder === 'machine' });
    await site.meet(id);
    const { status, output } = await checkout.apply();
    report.equal('the deploy stops', status === 0, false);
    const name = holder === 'container' ? `container-${id}` : `stranger-${id}`;
    const says = visible ? new RegExp(`VM id ${id} is held by .*${name} on pve`) : new RegExp(`\\b${id}\\b`);
    report.match(`it says ${says}`, legible(output), says);
    report.equal('the stranger is as it was', await site.foreign(), site.strangers);
    const destroyed = await checkout.deployment.destroy();
    if (id === image && !visible) {
      // What cannot be seen may be ours, so its end is not reported.
      report.match('destroy says why it cannot tell', legible(destroyed.output), new RegExp(`VM id ${id} is held by something that the credentials may not see`));
    } else {
      report.equal('destroy ends well', destroyed.status === 0 ? '' : destroyed.output, '');
      report.equal('nothing of ours is left', site.own, []);
    }
    report.equal('and the stranger is still as it was', await site.foreign(), site.strangers);
  } finally {
    await site.stop();
    checkout.remove();
  }
}

/** A stranger may have the name of what is ours, on another id; on our id the name alone does not make it ours. */
async function names(report: Report, blueprint: Blueprint): Promise<void> {
  report.section('strangers with our names on other ids');
  const site = await Site.start();
  const checkout = new Checkout(site, blueprint);
  try {
    await site.addStranger(801, { name: 'image' });
    await site.addStranger(802, { name: 'base', template: true });
    await site.addStranger(803, { name: 'build-image', running: true });
    await site.addStranger(804, { name: 'fixed', running: true });
    const { status, output } = await checkout.apply();
    report.equal('the deploy ends well', status === 0 ? '' : output, '');
    report.equal('nothing is left to change', (await checkout.deployment.plan()).status, 0);
    report.equal('destroy ends well', (await checkout.deployment.destroy()).status, 0);
    report.equal('only ours is gone', site.own, []);
    report.equal('the strangers are as they were', await site.foreign(), site.strangers);
  } finally {
    await site.stop();
    checkout.remove();
  }
  for (const [id, name, running] of [[9100, 'base', false], [9101, 'build-image', false], [9101, 'build-image', true], [500, 'fixed', false]] as const) {
    report.section(`a ${running ? 'running ' : ''}machine of a stranger on id ${id}, with our name ${name}`);
    const there = await Site.start();
    const own = new Checkout(there, blueprint);
    try {
      await there.addStranger(id, { name, running });
      const { status, output } = await own.apply();
      report.equal('the deploy stops', status === 0, false);
      report.match('it says who holds the id', legible(output), new RegExp(`VM id ${id} is held by .*${name} on pve`));
      report.equal('destroy ends well', (await own.deployment.destroy()).status, 0);
      report.equal('the stranger is as it was', await there.foreign(), there.strangers);
    } finally {
      await there.stop();
      own.remove();
    }
  }
}

/** What the provider does without our conditions, so that the rest proves something. */
async function trap(report: Report): Promise<void> {
  const base = { node_name: 'pve', vm_id: 500, name: 'mine', started: false };
  const traps = [
    { name: 'a new machine', vm: { ...base, tags: ['mine'] }, adopted: true },
    { name: 'a new template', vm: { ...base, template: true }, adopted: true },
    { name: 'a clone that is tried again', vm: { ...base, clone: [{ vm_id: 701, retries: 2 }] }, adopted: true },
    { name: 'a clone', vm: { ...base, clone: [{ vm_id: 701 }] }, adopted: false },
  ];
  for (const { name, vm, adopted } of traps) {
    report.section(`the trap, without the library: ${name} on the id of a machine of somebody else`);
    const site = await Site.start();
    const checkout = new Checkout(site, await Blueprint.make('first'));
    try {
      await site.addStranger(500, { running: false });
      const configuration = {
        terraform: { required_providers: { proxmox: { source: 'bpg/proxmox' } } },
        provider: { proxmox: [{ endpoint: site.pve.endpoint, api_token: site.pve.apiToken }] },
        resource: { proxmox_virtual_environment_vm: { Mine: vm } },
      };
      fs.writeFileSync(path.join(checkout.deployment.stack, 'cdk.tf.json'), JSON.stringify(configuration));
      await checkout.deployment.terraform('init', '-no-color', '-migrate-state', '-force-copy');
      const { status, output } = await checkout.apply();
      report.equal('apply', status === 0, adopted);
      report.match('it says', legible(output), adopted ? /Apply complete! Resources: 1 added/ : /config file already exists/);
      report.equal('the stranger was touched', await site.foreign() !== site.strangers, adopted && (vm as { template?: boolean }).template === true || name.includes('again'));
      if ((vm as { template?: boolean }).template) report.equal('it is a template now', site.pve.vms.find(({ vmId }) => vmId === 500)?.template, true);
      await checkout.deployment.destroy();
      report.equal('destroy deletes it', site.pve.vms.some(({ vmId }) => vmId === 500), !adopted);
    } finally {
      await site.stop();
      checkout.remove();
    }
  }
}
