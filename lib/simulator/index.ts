export * from './command-line';
export { Fault } from './faults';
export * from './guest-engine';
export * from './pve-simulator';
export * from './pve-simulator-props';
export * from './rules';
export * from './simulated';
