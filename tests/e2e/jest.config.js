// @ts-check
const config = require('../../jest.config.js');

/**
 * Tests on the cluster that KUBECONFIG names.
 *
 * @type {import('jest').Config}
 */
module.exports = {
  ...config,
  rootDir: '../..',
  testMatch: ['<rootDir>/tests/e2e/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  globalSetup: '<rootDir>/tests/e2e/apply-dist.ts',
  globalTeardown: '<rootDir>/tests/e2e/delete-namespace.ts',
  // Stops a test that hangs; no test asserts a duration by it.
  testTimeout: 300_000,
  maxWorkers: 3,
};
