/** @type {import('jest').Config} */
module.exports = {
  testSequencer: require.resolve('./__tests__/support/type-check-first.cjs'),
  // By default, Jest leaves one core unused: half of two cores.
  maxWorkers: '100%',
  // Long enough for a busy machine: it only ends a test that hangs.
  testTimeout: 30_000,
  // Packages are tested from their sources, which need no build.
  testEnvironmentOptions: { customExportConditions: ['source', 'node', 'node-addons'] },
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
