export * from './qemu-engine';
