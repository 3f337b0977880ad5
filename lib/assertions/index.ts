export * from './cloud-image-contract';
export { IContractCheck } from './contract';
export * from './installable-contract';
export * from './synthesized-stack';
