const { readFileSync } = require('node:fs');
const path = require('node:path');
const { load, newFolder, read, write } = require('./cache.cjs');
const { ROOT } = require('./inputs.cjs');

/** The parts of the project whose sources make the app. */
const PARTS = ['package.json', 'app/package.json', 'rollout/package.json'];

/** What decides how imports are resolved and how bundles are made. */
const SETTINGS = [
  ...PARTS,
  'tsconfig.json',
  'node_modules/.package-lock.json',
  'synth/launch/bundles.cjs',
  'synth/launch/esbuild.cjs',
];

/** The project's own sources, without the packages that they import. */
async function appBundle() {
  const cached = read('app');
  if (cached) return { ...cached, settled: true };
  const place = newFolder('app');
  const { bundleApp } = require('./esbuild.cjs');
  const inputs = await bundleApp(place.folder, 'main.ts', packageNames());
  const files = Object.keys(inputs);
  const folders = [...new Set(files.map((file) => path.dirname(file)))];
  const packages = imported(inputs);
  write('app', place, { files: [...files, ...SETTINGS], folders, packages });
  return load(place.folder, packages);
}

/** What was bundled of packages, unless one of their files has changed since. */
function packagesBundle() {
  const cached = read('packages');
  return cached && { ...cached, settled: true };
}

/** @param packages what the app requires, as it spells it */
async function bundlePackages(packages) {
  const place = newFolder('packages');
  const { bundleLibraries } = require('./esbuild.cjs');
  const entries = packages.map((name) => `${JSON.stringify(name)}: require(${JSON.stringify(name)}),`);
  const inputs = await bundleLibraries(place.folder, `module.exports = {\n${entries.join('\n')}\n};`);
  const files = Object.keys(inputs).filter((file) => file !== 'packages');
  write('packages', place, { files: [...files, ...SETTINGS], folders: [], packages });
  return { ...load(place.folder, packages), settled: true };
}

/** Every package that a part may import, but the parts themselves. */
function packageNames() {
  const parts = PARTS.map((file) => JSON.parse(readFileSync(path.join(ROOT, file), 'utf8')));
  const names = parts.flatMap(({ dependencies }) => Object.keys(dependencies ?? {}));
  return [...new Set(names)].filter((name) => !parts.some((part) => part.name === name));
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
