export * from './core';
export * as guestos from './guest-os';
export * from './image';
export * from './proxmox';
export * from './vm';
