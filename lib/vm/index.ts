export * from './cloud-init';
export * from './k3s-node';
export * from './rules';
export * from './virtual-machine';
