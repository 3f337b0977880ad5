// Stands in for Packer: does what the scenario in $FAKE_PACKER says, and writes down how it was started and each signal it got.
import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync, writeSync } from 'node:fs';
import { request } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';

const [command, ...args] = process.argv.slice(2);
const scenario = JSON.parse(readFileSync(process.env.FAKE_PACKER, 'utf8'));
const note = (event) => appendFileSync(`${process.env.FAKE_PACKER}.events`, `${JSON.stringify(event)}\n`);

function control(body) {
  return new Promise((resolve, reject) => {
    const sent = request(`${scenario.endpoint}/control`, { method: 'POST', rejectUnauthorized: false }, (answer) => answer.resume().on('end', resolve));
    sent.on('error', reject);
    sent.end(JSON.stringify(body));
  });
}

const actions = {
  print: (text) => writeSync(1, `${text}\n`),
  piece: (text) => writeSync(1, text),
  environment: (name) => writeSync(2, `${name}=${process.env[name]}\n`),
  control,
  sleep,
  hang: () => sleep(3_600_000),
  waitFor: async (file) => { while (!existsSync(file)) await sleep(20); },
  child: () => note({ child: spawn('sleep', ['3600'], { stdio: 'ignore' }).pid }),
  kill: () => process.kill(process.pid, 'SIGKILL'),
  exit: (status) => process.exit(status),
};

async function play(steps) {
  for (const [action, argument] of steps ?? []) await actions[action](argument);
}

process.on('exit', (status) => note({ exit: status }));
let cancelled = false;
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) {
  process.on(signal, async () => {
    note({ signal });
    if (cancelled) return;
    cancelled = true;
    await play(scenario.onTerm);
    process.exit(1);
  });
}
const given = Object.entries(process.env).filter(([name]) => /^(PKR_VAR_|TF_VAR_)/.test(name));
note({ start: [command, ...args].join(' '), pid: process.pid, cwd: process.cwd(), given: Object.fromEntries(given) });
await play(scenario[command]);
if (!cancelled) process.exit(0);
