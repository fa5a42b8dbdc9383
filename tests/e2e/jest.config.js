const { transform } = require('../../jest.config.js');

/** @type {import('jest').Config} */
module.exports = {
  rootDir: '../..',
  transform,
  testMatch: ['<rootDir>/tests/e2e/**/*.test.ts'],
  globalSetup: '<rootDir>/tests/e2e/apply-dist.ts',
  globalTeardown: '<rootDir>/tests/e2e/delete-namespace.ts',
  testTimeout: 180_000,
  maxWorkers: 3,
};
