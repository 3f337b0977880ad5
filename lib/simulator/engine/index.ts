export * from './engine';
export * from './none-engine';
export * from './qemu';
