// @ts-check
const { execFileSync } = require('node:child_process');
const path = require('node:path');
const config = require('../../jest.config.js');

// The tests, and packages/cdk8s-helm/src/testing.ts, find helm by this variable.
process.env['HELM'] ??= execFileSync(path.join(__dirname, '../../scripts/tools/helm'), {
  encoding: 'utf8',
}).trim();

/**
 * The tests that need helm: of the Helm chart, and of the construct that renders it.
 *
 * @type {import('jest').Config}
 */
module.exports = {
  ...config,
  rootDir: '../..',
  testMatch: ['<rootDir>/tests/helm/**/*.test.ts', '<rootDir>/packages/cdk8s-helm/tests/helm/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 60_000,
};
