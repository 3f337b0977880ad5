// What a fresh process needs until a simulated server answers: `node start.mjs DIST`.
import { createRequire } from 'node:module';
import { performance } from 'node:perf_hooks';

const require = createRequire(import.meta.url);
const begin = performance.now();
const { PveSimulator } = require(`${process.argv[2]}/simulator/index.js`);
const imported = performance.now();
const before = process.cpuUsage();
const pve = await PveSimulator.start();
const started = performance.now();
const { user, system } = process.cpuUsage(before);
console.log(JSON.stringify({ importMs: imported - begin, startMs: started - imported, startCpuMs: (user + system) / 1000, rssMib: process.memoryUsage().rss / 1024 ** 2 }));
await pve.stop();
