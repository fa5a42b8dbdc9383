// @ts-check
// Runs main.ts: bundles it if a source file has changed, then runs the bundle from Node's compile cache.
require('../supported.cjs');
const fs = require('node:fs');
const nodeModule = require('node:module');
const path = require('node:path');

const ROOT = path.join(__dirname, '../..');
const CACHE = path.join(ROOT, 'node_modules/.cache/synth');
const BUNDLE = path.join(CACHE, 'main.js');

/** Returns whether all inputs are older than the bundle, which lists them in its last line. */
function isCurrent() {
  try {
    const { began, inputs } = JSON.parse(fs.readFileSync(BUNDLE, 'utf8').split('\n//').at(-1) ?? '');
    return inputs.every((/** @type {string} */ file) => fs.statSync(file).ctimeMs < began);
  } catch {
    return false;
  }
}

/** Bundles main.ts, and replaces an earlier bundle in one step: other runs may be reading it. */
async function bundle() {
  const part = `${BUNDLE}.${process.pid}`;
  const began = Date.now() - 50; // file times lag behind the clock by some milliseconds
  const { metafile } = await require('esbuild').build({
    entryPoints: [path.join(ROOT, 'main.ts')],
    outfile: part,
    bundle: true,
    external: ['cdk8s', 'cdk8s-plus-27', 'constructs', 'yaml'], // Node loads them as fast as from a bundle
    platform: 'node',
    conditions: ['source'],
    plugins: [{ name: 'dirname', setup: ({ onLoad }) => onLoad({ filter: /\.ts$/ }, keepDirname) }],
    sourcemap: 'inline',
    sourcesContent: false,
    metafile: true,
  });
  const inputs = [...Object.keys(metafile.inputs), module.filename].map((file) => path.resolve(file));
  fs.appendFileSync(part, `\n//${JSON.stringify({ began, inputs })}`);
  fs.renameSync(part, BUNDLE);
}

/** Returns a source with `__dirname` its own folder, which in a bundle would be the bundle's. */
function keepDirname(/** @type {{ path: string }} */ { path: file }) {
  const source = fs.readFileSync(file, 'utf8');
  const contents = `const __dirname = ${JSON.stringify(path.dirname(file))};${source}`;
  return source.includes('__dirname') ? { contents, loader: /** @type {const} */ ('ts') } : undefined;
}

async function run() {
  if (!isCurrent()) await bundle();
  process.setSourceMapsEnabled(true);
  /** @type {{ enableCompileCache?: (folder: string) => void }} */ (nodeModule).enableCompileCache?.(CACHE);
  require(BUNDLE);
}

run().catch((error) => {
  const isUnwritable = ['EACCES', 'EPERM', 'EROFS', 'ENOSPC'].includes(error.code);
  if (!error.warnings) console.error(isUnwritable ? error.message : error); // esbuild prints its own errors
  process.exitCode = 1;
});
