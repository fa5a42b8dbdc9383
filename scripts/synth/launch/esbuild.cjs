const { spawn } = require('node:child_process');
const { readFileSync } = require('node:fs');
const path = require('node:path');
const { ROOT } = require('./inputs.cjs');

/**
 * What `cdk8s import` makes: a megabyte that takes longer to read than all of the app, and seldom changes. It goes
 * with the packages.
 */
const GENERATED = 'imports/k8s';

/** Errors that esbuild has told of itself. */
class NotBundled extends Error {}

/** esbuild's program: the platform's, or else the one that starts it where install scripts may not run. */
function program() {
  const { arch, platform } = process;
  const file = platform === 'win32' ? 'esbuild.exe' : 'bin/esbuild';
  try {
    return require.resolve(`@esbuild/${platform}-${arch}/${file}`);
  } catch {
    return require.resolve('esbuild/bin/esbuild');
  }
}

/**
 * Bundles the app to bundle.js in a folder: by esbuild's program, as its JavaScript API takes longer to start
 * than the bundling takes.
 *
 * @returns esbuild's description of the inputs, by their paths relative to the top of the project
 */
async function bundleApp(folder, entry) {
  const metafile = path.join(folder, 'meta.json');
  const args = [
    entry,
    `--outfile=${path.join(folder, 'bundle.js')}`,
    `--metafile=${metafile}`,
    '--bundle',
    '--packages=external',
    `--external:*/${GENERATED}`,
    '--platform=node',
    '--target=node20',
    '--sourcemap=external',
    '--sources-content=false',
    '--log-level=error',
  ];
  const child = spawn(program(), args, { cwd: ROOT, stdio: 'inherit' });
  await new Promise((resolve, reject) => {
    child.once('error', reject).once('close', (code) => {
      if (code === 0) resolve();
      else reject(new NotBundled(`esbuild ended with ${code}`));
    });
  });
  return JSON.parse(readFileSync(metafile, 'utf8')).inputs;
}

/** Bundles packages to bundle.js in a folder; each of their files keeps its own `__dirname`. */
async function bundleLibraries(folder, contents) {
  const { build } = require('esbuild');
  const { metafile } = await build({
    stdin: { contents, resolveDir: ROOT, sourcefile: 'packages' },
    outfile: path.join(folder, 'bundle.js'),
    absWorkingDir: ROOT,
    bundle: true,
    platform: 'node',
    target: 'node20',
    sourcemap: 'external',
    sourcesContent: false,
    metafile: true,
    logLevel: 'error',
    plugins: [
      { name: 'resolving', setup: resolveAsNode },
      { name: 'places', setup: keepPlaces },
    ],
  }).catch(({ message }) => {
    throw new NotBundled(message);
  });
  return metafile.inputs;
}

/**
 * Has an import find what the `require` finds that TypeScript makes of it in this project, and a package that is
 * installed twice in one version be one: what is there once is loaded once.
 */
function resolveAsNode({ onResolve, resolve }) {
  onResolve({ filter: /^[^./]/ }, async ({ path: name, importer, resolveDir, kind, pluginData }) => {
    if (pluginData === resolveAsNode || !['import-statement', 'require-call'].includes(kind))
      return undefined;
    const from = (folder) =>
      resolve(name, { importer, kind: 'require-call', pluginData: resolveAsNode, resolveDir: folder });
    const found = await from(resolveDir);
    if (found.errors.length > 0) return undefined;
    const atTop = await from(ROOT);
    return packageOf(atTop.path) === packageOf(found.path) ? atTop : found;
  });
}

/** Name and version of the package that a file is of; the file itself where it is of none, as in node_modules/.cache. */
function packageOf(file) {
  const [folder] = /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^.\\/][^\\/]*/.exec(file) ?? [];
  if (folder === undefined) return file;
  const { name, version } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  return `${name}@${version}`;
}

/** A file that looks for others beside it is to find them, wherever the bundle is. */
function keepPlaces({ onLoad }) {
  onLoad({ filter: /\.c?[jt]s$/ }, ({ path: file }) => {
    const text = readFileSync(file, 'utf8');
    if (!/\b__(?:dir|file)name\b/.test(text)) return undefined;
    const places = `var __filename = ${JSON.stringify(file)}, __dirname = ${JSON.stringify(path.dirname(file))};`;
    return { contents: `${places}${text}`, loader: file.endsWith('ts') ? 'ts' : 'js' };
  });
}

module.exports = { bundleApp, bundleLibraries, GENERATED, NotBundled };
