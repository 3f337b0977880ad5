export * from './almalinux';
export * from './checksum';
export * from './cloud-image-release';
export * from './debian';
export * from './operating-system';
export * from './rules';
export * from './ubuntu';
export * from './validation';
