const config = require('../../jest.config.js');

/**
 * The test of `npm run lint` itself: it plants a breach of each rule in a copy of the checkout.
 *
 * @type {import('jest').Config}
 */
module.exports = {
  ...config,
  rootDir: '../..',
  testMatch: ['<rootDir>/tests/lint/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 180_000,
};
