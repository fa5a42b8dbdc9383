export * from './fenceposts';
export * from './guarantees';
export * from './input-error';
export * from './observations';
export * from './parse-timeline';
export * from './timeline';
export * from './workload-facts';
