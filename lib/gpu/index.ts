export * from './existing-pci-mapping';
export * from './gpu-architecture';
export * from './gpu-device';
export * from './gpu-passthrough-vm';
export * from './pci-mapping';
export * from './rules';
