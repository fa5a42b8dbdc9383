// @ts-check
// Bundles the service and its inference thread to build/NAME.js and build/NAME.worker.js: node bundle.cjs [NAME]
// The bundle starts in half the time of its 300 modules.
const { buildSync } = require('esbuild');

const name = process.argv[2] ?? 'main';

buildSync({
  absWorkingDir: __dirname,
  entryPoints: { [name]: 'src/main.ts', [`${name}.worker`]: 'src/inference/worker.ts' },
  outdir: 'build',
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  external: [
    // Has a native library.
    'onnxruntime-node',
    // Fastify loads these only for tests, or if no other compiler is set. They are a third of the source.
    '@fastify/ajv-compiler',
    '@fastify/fast-json-stringify-compiler',
    'light-my-request',
  ],
  minifySyntax: true,
  minifyWhitespace: true,
});
