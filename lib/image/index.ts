export * from './build-address';
export * from './cloud-image-template';
export * from './golden-image';
export { ImageBuild } from './image-deployment';
export * from './provisioning-profile';
export * from './rules';
export * from './vm-template';
