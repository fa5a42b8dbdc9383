const { readdirSync, statSync } = require('node:fs');
const path = require('node:path');

const ROOT = path.join(__dirname, '../../..');

/** What an import may lead to: a new one of these beside an old one may take its place. */
const RESOLVABLE = /\.(?:[cm]?[jt]sx?|json)$/;

/**
 * What tells a file from what it was without reading it, as git's index does: whoever writes a file changes
 * its ctime, and nobody can set that.
 */
function stamp(file) {
  const stat = statSync(`${ROOT}/${file}`, { throwIfNoEntry: false });
  return stat ? `${stat.ctimeMs} ${stat.size} ${stat.ino}` : 'absent';
}

function listing(folder) {
  try {
    return readdirSync(path.join(ROOT, folder))
      .filter((name) => RESOLVABLE.test(name))
      .sort()
      .join();
  } catch {
    return 'absent';
  }
}

/**
 * What files and their folders are now, for `unchanged` to compare with later.
 *
 * @param files relative to the top of the project
 * @param began ctime of a file made before the first of them was read. One that was written since may have
 *   been read before that, so that it counts as changed, @see https://git-scm.com/docs/racy-git
 */
function inputs(files, folders, began) {
  const stamped = files.map((file) => {
    const now = stamp(file);
    return [file, now !== 'absent' && Number.parseFloat(now) >= began ? 'written meanwhile' : now];
  });
  return { files: stamped, folders: folders.map((folder) => [folder, listing(folder)]) };
}

function unchanged({ files, folders }) {
  return (
    files.every(([file, then]) => stamp(file) === then) &&
    folders.every(([folder, then]) => listing(folder) === then)
  );
}

module.exports = { inputs, ROOT, unchanged };
