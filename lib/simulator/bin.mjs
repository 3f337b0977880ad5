#!/usr/bin/env node
import { runSimulator } from './index.js';

process.exitCode = await runSimulator(process.argv.slice(2));
