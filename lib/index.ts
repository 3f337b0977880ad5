export * from './core';
export * as guestos from './guest-os';
export * as hcl from './hcl';
export * from './image';
export * as packer from './packer';
export * from './proxmox';
export * from './vm';
