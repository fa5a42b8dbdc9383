const { testEnvironment, transform } = require('../jest.config.js');

/** @type {import('jest').Config} */
module.exports = {
  rootDir: '..',
  testEnvironment,
  transform,
  testMatch: ['<rootDir>/e2e/**/*.test.ts'],
  globalSetup: '<rootDir>/e2e/apply-dist.ts',
  globalTeardown: '<rootDir>/e2e/delete-namespace.ts',
  testTimeout: 180_000,
  maxWorkers: 3,
};
