export * from './build-address';
export * from './cloud-image-template';
export * from './provisioning-profile';
export * from './rules';
export * from './vm-template';
