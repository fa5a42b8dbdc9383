/** A breach of a rule of `npm run lint`: what is appended to a file, which is created if it does not exist. */
export interface Breach {
  readonly rule: string;
  readonly file: string;
  readonly content: string;
}

const importing = (rule: string, file: string, specifier: string): Breach => ({
  rule,
  file,
  content: `export { default } from '${specifier}';\n`,
});

/** One breach for each rule of .dependency-cruiser.cjs. */
export const layers: readonly Breach[] = [
  importing('no-cycle', 'constructs/planted-cycle.ts', './planted-cycle'),
  importing('no-unresolved', 'constructs/planted-unresolved.ts', './not-there'),
  importing('no-undeclared-package', 'packages/settings/src/planted.ts', 'cdk8s'),
  importing('no-import-from-tests', 'scripts/planted-tests.ts', '../tests/kit/markdown'),
  importing('kinds-of-tests-share-only-the-kit', 'tests/soak/planted.ts', '../lint/breaches'),
  importing('packages-know-nothing-of-the-app', 'packages/rollout/src/planted-app.ts', '../../../settings'),
  importing('packages-stand-alone', 'packages/rollout/src/planted-package.ts', '../../service/src/settings'),
  importing('only-the-service-reads-settings', 'packages/cdk8s-helm/src/planted.ts', '../../settings/src'),
  importing('constructs-below-charts', 'constructs/planted.ts', '../charts'),
  importing('charts-below-main', 'charts/planted.ts', '../main'),
  importing('settings-below-charts', 'settings.ts', './charts'),
  importing('the-model-of-a-rollout-is-pure', 'packages/rollout/src/predict/planted.ts', '../record'),
  importing('commands-at-the-edge', 'packages/rollout/src/draw/planted.ts', '../cli'),
  importing('schemas-below-routes', 'packages/service/src/protocol/planted.ts', '../routes/health'),
];

/** Breaches that ESLint reports, by the name of its rule. */
export const code: readonly Breach[] = [
  { rule: 'max-lines', file: 'constructs/planted-long.ts', content: `${'\n'.repeat(200)}export {};\n` },
  importing('no-restricted-imports', 'constructs/planted-path.ts', '../packages/rollout/src'),
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
