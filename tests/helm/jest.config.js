const config = require('../../jest.config.js');

/**
 * The tests of the Helm chart, which need helm.
 *
 * @type {import('jest').Config}
 */
module.exports = {
  ...config,
  rootDir: '../..',
  testMatch: ['<rootDir>/tests/helm/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
};
