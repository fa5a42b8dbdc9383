const { spawn } = require('node:child_process');
const { readFileSync } = require('node:fs');
const path = require('node:path');
const { ROOT } = require('./inputs.cjs');

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
    plugins: [{ name: 'places', setup: keepPlaces }],
  }).catch(({ message }) => {
    throw new NotBundled(message);
  });
  return metafile.inputs;
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

module.exports = { bundleApp, bundleLibraries, NotBundled };
