const path = require('node:path');
const { load, newFolder, read, write } = require('./cache.cjs');

/** What decides how imports are resolved and how bundles are made. */
const SETTINGS = [
  'package.json',
  'packages/service/package.json',
  'packages/rollout/package.json',
  'tsconfig.json',
  'node_modules/.package-lock.json',
  'scripts/synth/launch/bundles.cjs',
  'scripts/synth/launch/esbuild.cjs',
];

/** main.ts and what it imports, but for packages and what is generated. */
async function appBundle() {
  const cached = read('app');
  if (cached) return { ...cached, settled: true };
  const place = newFolder('app');
  const { bundleApp } = require('./esbuild.cjs');
  const inputs = await bundleApp(place.folder, 'main.ts');
  const packages = imported(inputs);
  write('app', place, { ...watched(Object.keys(inputs)), packages });
  return load(place.folder, packages);
}

/** What was bundled of packages, this project's own workspaces among them, unless one of their files has changed since. */
function packagesBundle() {
  const cached = read('packages');
  return cached && { ...cached, settled: true };
}

/** @param packages what the app requires, as it spells it */
async function bundlePackages(packages) {
  const place = newFolder('packages');
  const { bundleLibraries, GENERATED } = require('./esbuild.cjs');
  const entries = packages.map((name) => {
    const from = name.startsWith('.') ? `./${GENERATED}` : name;
    return `${JSON.stringify(name)}: require(${JSON.stringify(from)}),`;
  });
  const inputs = await bundleLibraries(place.folder, `module.exports = {\n${entries.join('\n')}\n};`);
  const files = Object.keys(inputs).filter((file) => file !== 'packages');
  write('packages', place, { ...watched(files), packages });
  return { ...load(place.folder, packages), settled: true };
}

/** Installed packages get a new file only with a new lock file; in the project's own folders one may appear. */
function watched(files) {
  const own = files.filter((file) => !file.includes('node_modules/'));
  return { files: [...files, ...SETTINGS], folders: [...new Set(own.map((file) => path.dirname(file)))] };
}

/** @param inputs esbuild's description of them, @see https://esbuild.github.io/api/#metafile */
function imported(inputs) {
  const { isBuiltin } = require('node:module');
  const imports = Object.values(inputs).flatMap((input) => input.imports);
  const names = imports
    .filter(({ external, kind, path: name }) => external && kind !== 'require-resolve' && !isBuiltin(name))
    .map(({ path: name }) => name);
  return [...new Set(names)].sort();
}

module.exports = { appBundle, bundlePackages, packagesBundle };
