// Types and style, at the same time: neither waits for the other, and both are looked at even if one has failed.
import { spawn } from 'node:child_process';

const checks = [
  ['npx', ['tsc', '--noEmit', '-p', 'tsconfig.json']],
  ['npx', ['projen', 'eslint']],
];

const results = await Promise.all(checks.map(([command, args]) => new Promise((resolve) => {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const output = [];
  child.stdout.on('data', (data) => output.push(data));
  child.stderr.on('data', (data) => output.push(data));
  child.on('error', (error) => resolve({ status: 127, output: error.message }));
  child.on('close', (code) => resolve({ status: code ?? 128, output: Buffer.concat(output).toString('utf8') }));
})));

results.forEach(({ status, output }, i) => {
  const [command, args] = checks[i];
  console.log(`${[command, ...args].join(' ')}: ${status === 0 ? 'ok' : `exit ${status}`}`);
  if (status !== 0) console.log(output);
});
process.exitCode = results.every(({ status }) => status === 0) ? 0 : 1;
