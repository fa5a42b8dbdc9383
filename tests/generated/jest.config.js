const config = require('../../jest.config.js');

/**
 * The tests of what other tools generate: imports/ and the SBOM.
 *
 * @type {import('jest').Config}
 */
module.exports = {
  ...config,
  rootDir: '../..',
  testMatch: ['<rootDir>/tests/generated/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 120_000,
};
