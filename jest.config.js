/** @type {import('jest').Config} */
module.exports = {
  testSequencer: require.resolve('./__tests__/support/type-check-first.cjs'),
  // jest leaves one core alone, which of two is half
  maxWorkers: '100%',
  // ends what hangs, also on a busy machine; proves nothing
  testTimeout: 30_000,
  testMatch: ['<rootDir>/**/*.test.ts'],
  testPathIgnorePatterns: [
    '/node_modules/',
    '<rootDir>/tests/e2e/',
    '<rootDir>/tests/generated/',
    '<rootDir>/tests/lint/',
    '<rootDir>/tests/helm/',
    '<rootDir>/packages/cdk8s-helm/tests/helm/',
    '<rootDir>/tests/browser/',
  ],
  modulePathIgnorePatterns: ['<rootDir>/.cdk8s/', '<rootDir>/packages/service/build/'],
  transform: {
    '\\.ts$': [
      '@swc/jest',
      {
        jsc: { target: 'es2023', parser: { syntax: 'typescript' } },
        module: { type: 'commonjs', ignoreDynamic: true },
      },
    ],
  },
};
