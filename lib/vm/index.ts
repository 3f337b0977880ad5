export * from './cloud-init';
export * from './rules';
export * from './virtual-machine';
