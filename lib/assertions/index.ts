export * from './cloud-image-contract';
export * from './synthesized-stack';
