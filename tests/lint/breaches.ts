/** A breach of a rule of `npm run lint`: what is appended to a file, which is created if it does not exist. */
export interface Breach {
  readonly rule: string;
  readonly file: string;
  readonly content: string;
}

const importing = (specifier: string): string => `export { default } from '${specifier}';\n`;

/** One breach for each rule of .dependency-cruiser.cjs. */
export const layers: readonly Breach[] = [
  { rule: 'no-cycle', file: 'constructs/planted-cycle.ts', content: importing('./planted-cycle') },
  { rule: 'no-unresolved', file: 'constructs/planted-unresolved.ts', content: importing('./not-there') },
  { rule: 'no-undeclared-package', file: 'packages/settings/src/planted.ts', content: importing('cdk8s') },
  {
    rule: 'no-import-from-tests',
    file: 'scripts/planted-tests.ts',
    content: importing('../tests/kit/markdown'),
  },
  {
    rule: 'kinds-of-tests-share-only-the-kit',
    file: 'tests/soak/planted.ts',
    content: importing('../lint/breaches'),
  },
  {
    rule: 'packages-know-nothing-of-the-app',
    file: 'packages/rollout/src/planted-app.ts',
    content: importing('../../../settings'),
  },
  {
    rule: 'packages-stand-alone',
    file: 'packages/rollout/src/planted-package.ts',
    content: importing('../../service/src/settings'),
  },
  {
    rule: 'only-the-service-reads-settings',
    file: 'packages/cdk8s-helm/src/planted.ts',
    content: importing('../../settings/src'),
  },
  { rule: 'constructs-below-charts', file: 'constructs/planted.ts', content: importing('../charts') },
  { rule: 'charts-below-main', file: 'charts/planted.ts', content: importing('../main') },
  { rule: 'settings-below-charts', file: 'settings.ts', content: importing('./charts') },
  {
    rule: 'the-model-of-a-rollout-is-pure',
    file: 'packages/rollout/src/predict/planted.ts',
    content: importing('../record'),
  },
  {
    rule: 'commands-at-the-edge',
    file: 'packages/rollout/src/draw/planted.ts',
    content: importing('../cli'),
  },
  {
    rule: 'schemas-below-routes',
    file: 'packages/service/src/protocol/planted.ts',
    content: importing('../routes/health'),
  },
];

/** Breaches that ESLint reports, by the name of its rule. */
export const code: readonly Breach[] = [
  { rule: 'max-lines', file: 'constructs/planted-long.ts', content: '\n'.repeat(200) + importing('cdk8s') },
  {
    rule: 'no-restricted-imports',
    file: 'constructs/planted-path.ts',
    content: importing('../packages/rollout/src'),
  },
];

/** Breaches that knip reports, by the heading of its report. */
export const unused: readonly Breach[] = [
  { rule: 'Unused files', file: 'constructs/planted-unused.ts', content: 'export {};\n' },
  { rule: 'Unused exports', file: 'tests/kit/markdown.ts', content: 'export const PLANTED = 1;\n' },
];

/** A development dependency that nothing uses. */
export const DEPENDENCY = 'planted-dependency';

/** A breach that the TypeScript compiler reports. */
export const types: readonly Breach[] = [
  {
    rule: 'TS2322',
    file: 'scripts/planted.cjs',
    content: '/** @type {number} */\nmodule.exports.planted = "2";\n',
  },
];
