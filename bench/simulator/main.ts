import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { compile } from '../compile';
import { median } from '../measure';
import { deploy, Deployed } from './deployment';
import { load, Throughput } from './load';
import { MeasuredServer } from './measured-server';

const usage = `npx tsx bench/simulator/main.ts [--json] [--only=start,requests,deploy] [--machines=1000] [--parallelism=10] [--profile]

  --json       prints one JSON object as the last line
  --only       leaves out the other parts
  --machines   how many are deployed by Terraform
  --profile    writes .cpuprofile files of the server into node_modules/.cache
`;

/** What the simulator is to do, and what it does on a machine that has much other work at the same time. */
const budgets = { startMs: { budget: 150, refused: 450 }, perSecond: { budget: 2000, refused: 700 }, simulatorBusy: { budget: 0.5, refused: 0.8 } };
const RUNS = 9;
const STOCK = 1000;

interface Started {
  readonly importMs: number;
  readonly startMs: number;
  readonly startCpuMs: number;
  readonly rssMib: number;
}

const args = process.argv.slice(2);
const option = (name: string) => args.find((arg) => arg.startsWith(`--${name}=`))?.split('=')[1];
const parts = (option('only') ?? 'start,requests,deploy').split(',');

async function main(): Promise<number> {
  if (args.includes('--help')) {
    process.stdout.write(usage);
    return 0;
  }
  const dist = fs.realpathSync(path.join(compile('cdktf'), 'lib'));
  const profiles = path.resolve(__dirname, '../../node_modules/.cache/proxmox-constructs-bench/simulator');
  const profiling = (what: string) => args.includes('--profile') ? ['--cpu-prof', '--cpu-prof-interval=500', `--cpu-prof-dir=${path.join(profiles, what)}`] : [];
  const started = parts.includes('start') ? start(dist) : undefined;
  if (started) print(`start: import ${ms(started.importMs)}, PveSimulator.start() ${ms(started.startMs)} (${ms(started.startCpuMs)} of the processor), ${mib(started.rssMib)} (medians of ${RUNS}; budget ${budgets.startMs.budget} ms)`);
  const throughput = parts.includes('requests') ? await requests(dist, profiling('requests')) : undefined;
  const deployed = parts.includes('deploy') ? await deployment(dist, profiling('deploy')) : undefined;
  const wrong = verdicts(started, throughput, deployed);
  wrong.forEach((line) => print(`FAILED ${line}`));
  if (args.includes('--json')) print(JSON.stringify({ start: started, requests: throughput, deploy: deployed, failed: wrong }));
  return wrong.length === 0 ? 0 : 1;
}

function start(dist: string): Started {
  const figures = Array.from({ length: RUNS }, () => JSON.parse(execFileSync(process.execPath, [path.join(__dirname, 'start.mjs'), dist], { encoding: 'utf8' })) as Started);
  const of = (key: keyof Started) => median(figures.map((figure) => figure[key]));
  return { importMs: of('importMs'), startMs: of('startMs'), startCpuMs: of('startCpuMs'), rssMib: of('rssMib') };
}

async function requests(dist: string, nodeOptions: string[]): Promise<Throughput[]> {
  const server = await MeasuredServer.start(dist, nodeOptions);
  try {
    const { rssMib } = await server.cost(STOCK);
    print(`requests, with ${STOCK} machines (${mib(rssMib)}), 8 connections that stay open (budget ${budgets.perSecond.budget} a second)`);
    const measured: Throughput[] = [];
    for (const request of ['/version', '/nodes/pve/qemu/1500/config', '/nodes/pve/qemu/1500/status/current', '/cluster/resources']) {
      const one = await load(server, request, 3);
      measured.push(one);
      print(`  GET ${request.padEnd(38)} ${per(one.perSecond)} a second, ${per(one.perCpuSecond)} a second of its processor, ${(one.bytes / 1024).toFixed(1)} KiB each`);
    }
    print(`  memory afterwards: ${mib((await server.cost()).rssMib)}`);
    return measured;
  } finally {
    await server.stop();
  }
}

async function deployment(dist: string, nodeOptions: string[]): Promise<Deployed> {
  const server = await MeasuredServer.start(dist, nodeOptions);
  try {
    const parallelism = Number(option('parallelism') ?? 10);
    const one = await deploy(server, Number(option('machines') ?? 1000), parallelism);
    print(`deploy: ${one.machines} clones by Terraform and bpg/proxmox, ${parallelism} at once, in ${seconds(one.wallMs)}; ${one.requests} requests
  processor: Terraform and provider ${seconds(one.terraformCpuMs)}, simulator ${seconds(one.simulatorCpuMs)}: ${percent(one.simulatorShare)} of both
  the simulator works ${percent(one.simulatorBusy)} of the time (budget ${percent(budgets.simulatorBusy.budget)}), and has ${mib(one.rssMib)}, ${mib(one.heapMib)} of them its heap`);
    return one;
  } finally {
    await server.stop();
  }
}

/** What is so far from the budget that a busy machine does not explain it. */
function verdicts(started?: Started, throughput?: Throughput[], deployed?: Deployed): string[] {
  const least = throughput && Math.min(...throughput.filter(({ path: asked }) => asked !== '/cluster/resources').map(({ perSecond, perCpuSecond }) => Math.max(perSecond, perCpuSecond)));
  return [
    ...started && started.startCpuMs > budgets.startMs.refused ? [`start takes ${ms(started.startCpuMs)} of the processor`] : [],
    ...least !== undefined && least < budgets.perSecond.refused ? [`only ${per(least)} requests a second`] : [],
    ...deployed && deployed.simulatorBusy > budgets.simulatorBusy.refused ? [`the simulator works ${percent(deployed.simulatorBusy)} of a deployment`] : [],
    ...deployed && deployed.simulatorCpuMs > deployed.terraformCpuMs ? ['the simulator needs more of the processor than Terraform and the provider'] : [],
  ];
}

const ms = (value: number) => `${value.toFixed(0)} ms`;
const mib = (value: number) => `${value.toFixed(0)} MiB`;
const per = (value: number) => value.toFixed(0).padStart(6);
const percent = (value: number) => `${(value * 100).toFixed(0)} %`;
const seconds = (value: number) => `${(value / 1000).toFixed(1)} s`;
function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

void main().then((status) => { process.exitCode = status; });
