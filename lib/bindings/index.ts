export * from './resource-types';
