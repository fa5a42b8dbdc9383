// @ts-check
const config = require('../../jest.config.js');

/**
 * The tests of the page at /docs, which need Chromium.
 *
 * @type {import('jest').Config}
 */
module.exports = {
  ...config,
  rootDir: '../..',
  testMatch: ['<rootDir>/tests/browser/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  // Each file builds the service.
  maxWorkers: 1,
  // Ends a test that hangs.
  testTimeout: 60_000,
};
