/*
 * Says how long the import of the library takes where the core is imported already.
 */
import { performance } from 'perf_hooks';
import 'cdktf';

const before = performance.now();
// eslint-disable-next-line @typescript-eslint/no-require-imports
require('../../lib');
process.stdout.write(`${performance.now() - before}\n`);
