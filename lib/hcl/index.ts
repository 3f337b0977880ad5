export * from './block';
export * from './body';
export * from './expression';
export * from './hcl-renderer';
export * from './json-renderer';
export * from './rules';
