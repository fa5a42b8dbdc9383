const {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} = require('node:fs');
const path = require('node:path');
const { inputs, ROOT, unchanged } = require('./inputs.cjs');

const CACHE = path.join(ROOT, 'node_modules/.cache/synth');

/** Older folders are no other run's any more. */
const OLD_MS = 60_000;

/** A folder for a bundle to be made in, and the time from which on a change may have been missed by it. */
function newFolder(name) {
  mkdirSync(CACHE, { recursive: true });
  const folder = mkdtempSync(path.join(CACHE, `${name}-`));
  return { folder, began: statSync(folder).ctimeMs };
}

/** Makes a folder's bundle the one that `read` finds, in one step, as several runs may be under way. */
function write(name, { folder, began }, { files, folders, packages }) {
  const record = { folder: path.basename(folder), packages, inputs: inputs(files, folders, began) };
  const part = path.join(folder, 'record.json');
  writeFileSync(part, JSON.stringify(record));
  renameSync(part, path.join(CACHE, `${name}.json`));
  for (const other of readdirSync(CACHE).filter((entry) => entry.startsWith(`${name}-`))) {
    const stat = statSync(path.join(CACHE, other), { throwIfNoEntry: false });
    if (other !== record.folder && stat && stat.ctimeMs < began - OLD_MS) {
      rmSync(path.join(CACHE, other), { recursive: true, force: true });
    }
  }
}

/** The bundle of a name, unless there is none or one of its inputs has changed. */
function read(name) {
  try {
    const record = JSON.parse(readFileSync(path.join(CACHE, `${name}.json`), 'utf8'));
    return unchanged(record.inputs) ? load(path.join(CACHE, record.folder), record.packages) : undefined;
  } catch {
    return undefined; // what cannot be read is made anew
  }
}

/** esbuild writes ASCII, which is read faster as latin1. */
function load(folder, packages) {
  const file = path.join(folder, 'bundle.js');
  return { file, packages, source: readFileSync(file, 'latin1') };
}

module.exports = { CACHE, load, newFolder, read, write };
