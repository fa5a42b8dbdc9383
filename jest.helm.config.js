const config = require('./jest.config.js');

/**
 * The tests of the Helm chart, which need helm.
 *
 * @type {import('jest').Config}
 */
module.exports = {
  ...config,
  testMatch: ['<rootDir>/__tests__/helm/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
};
