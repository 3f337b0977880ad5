/*
 * Says how long the import of the library takes where the core is imported already, on the clock and of the CPU.
 */
import { performance } from 'perf_hooks';
import 'cdktf';

const cpuBefore = process.cpuUsage();
const before = performance.now();
// eslint-disable-next-line @typescript-eslint/no-require-imports
require('../../lib');
const wallMs = performance.now() - before;
const { user, system } = process.cpuUsage(cpuBefore);
process.stdout.write(`${JSON.stringify({ wallMs, cpuMs: (user + system) / 1000 })}\n`);
