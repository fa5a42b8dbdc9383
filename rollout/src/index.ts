export * from './fenceposts';
export * from './guarantees';
export * from './timeline';
