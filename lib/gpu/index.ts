export * from './gpu-architecture';
export * from './gpu-device';
export * from './gpu-passthrough-vm';
export * from './pci-mapping';
export * from './rules';
