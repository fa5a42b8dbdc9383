const { transform } = require('../../jest.config.js');

/**
 * Tests on the cluster that KUBECONFIG names.
 *
 * @type {import('jest').Config}
 */
module.exports = {
  rootDir: '../..',
  transform,
  testMatch: ['<rootDir>/tests/e2e/**/*.test.ts'],
  globalSetup: '<rootDir>/tests/e2e/apply-dist.ts',
  globalTeardown: '<rootDir>/tests/e2e/delete-namespace.ts',
  // Stops a test that hangs; no test asserts a duration by it.
  testTimeout: 300_000,
  maxWorkers: 3,
};
