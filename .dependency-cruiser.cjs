// @ts-check

/** Everything of ours that is imported, except what a package exports. */
const PACKAGE = '^packages/([^/]+)/';

/**
 * Which room may import which. Data flows one way: main → charts → constructs → packages.
 *
 * @type {import('dependency-cruiser').IConfiguration}
 */
module.exports = {
  forbidden: [
    {
      name: 'no-cycle',
      severity: 'error',
      comment: 'Files must not import each other in a circle.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-unresolved',
      severity: 'error',
      comment: 'Every import must lead to a file or to an installed package.',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'no-undeclared-package',
      severity: 'error',
      comment: 'The nearest package.json must declare every package that is imported.',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'no-import-from-tests',
      severity: 'error',
      comment: 'Only tests may import from a test folder.',
      from: { pathNot: '^(tests|__tests__|packages/[^/]+/tests)/|\\.test\\.ts$' },
      to: { path: '^(tests|__tests__|packages/[^/]+/tests)/|\\.test\\.ts$' },
    },
    {
      name: 'kinds-of-tests-share-only-the-kit',
      severity: 'error',
      comment: 'A kind of test imports no other kind; what several need belongs in tests/kit.',
      from: { path: '^tests/([^/]+)/' },
      to: { path: '^tests/[^/]+/', pathNot: '^tests/(kit|$1)/' },
    },
    {
      name: 'packages-know-nothing-of-the-app',
      severity: 'error',
      comment: 'A package imports neither the app nor the proof; it could be published.',
      from: { path: PACKAGE },
      to: { path: '^(main\\.ts|settings\\.ts|charts|constructs|imports|scripts|tests|__tests__)' },
    },
    {
      name: 'packages-stand-alone',
      severity: 'error',
      comment: 'No package imports another, except service, which imports settings.',
      from: { path: PACKAGE },
      to: { path: PACKAGE, pathNot: '^packages/($1|settings)/' },
    },
    {
      name: 'only-the-service-reads-settings',
      severity: 'error',
      comment: 'rollout and cdk8s-helm take options, not environment variables.',
      from: { path: '^packages/(rollout|cdk8s-helm)/' },
      to: { path: '^packages/settings/' },
    },
    {
      name: 'constructs-below-charts',
      severity: 'error',
      comment: 'constructs/ knows no setting, chart, script or entry point.',
      from: { path: '^constructs/' },
      to: { path: '^(main\\.ts|settings\\.ts|charts|scripts)' },
    },
    {
      name: 'charts-below-main',
      severity: 'error',
      comment: 'charts/ knows neither scripts nor the entry point.',
      from: { path: '^charts/' },
      to: { path: '^(main\\.ts|scripts)' },
    },
    {
      name: 'settings-below-charts',
      severity: 'error',
      comment: 'settings.ts only declares; it knows nothing that uses it.',
      from: { path: '^settings\\.ts$' },
      to: { path: '^(main\\.ts|charts|constructs|imports|scripts)' },
    },
    {
      name: 'the-model-of-a-rollout-is-pure',
      severity: 'error',
      comment: 'The model of a rollout knows neither disk, cluster nor terminal.',
      from: { path: '^packages/rollout/src/(timeline|rules|simulation|situations|predict|compare)/' },
      to: { path: '^packages/rollout/src/(commands|record|draw)/' },
    },
    {
      name: 'commands-at-the-edge',
      severity: 'error',
      comment: 'Only the command line imports commands.',
      from: { path: '^packages/rollout/src/', pathNot: '^packages/rollout/src/(commands/|cli\\.ts)' },
      to: { path: '^packages/rollout/src/(commands/|cli\\.ts)' },
    },
    {
      name: 'schemas-below-routes',
      severity: 'error',
      comment: 'Schemas and the protocol know no route, plugin or document.',
      from: { path: '^packages/service/src/(schemas|protocol|inference|model)/' },
      to: { path: '^packages/service/src/(routes|plugins|openapi)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|\\.cdk8s|docs)/|/build/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    combinedDependencies: false,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'import', 'require', 'node', 'default', 'types'],
    },
  },
};
