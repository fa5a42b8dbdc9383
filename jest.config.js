/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: './jest/environment.cjs',
  runtime: './jest/runtime.cjs',
  // jest leaves one core alone, which of two is half
  maxWorkers: '100%',
  // ends what hangs, also on a busy machine; proves nothing
  testTimeout: 30_000,
  testMatch: ['<rootDir>/**/*.test.ts'],
  testPathIgnorePatterns: [
    '/node_modules/',
    '<rootDir>/e2e/',
    '<rootDir>/__tests__/helm/',
    '<rootDir>/app/browser/',
  ],
  modulePathIgnorePatterns: ['<rootDir>/.cdk8s/', '<rootDir>/app/build/'],
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
