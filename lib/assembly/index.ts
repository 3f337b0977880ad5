export * from './asset';
export * from './content-hash';
export * from './package-files';
export * from './packer-folder';
export * from './rules';
export * from './terraform-elements';
export * from './terraform-secret';
