const { readFileSync } = require('node:fs');
const { SourceMap } = require('node:module');
const path = require('node:path');
const { inspect } = require('node:util');
const { CACHE } = require('./cache.cjs');

const PLACE = /((?:[A-Za-z]:)?[^\s():]+bundle\.js):(\d+):(\d+)/g;

/** An error with its stack, in which places in bundles are those in the sources that they were made of. */
function told(error) {
  const maps = new Map();
  return inspect(error).replace(PLACE, (place, file, line, column) => {
    if (!file.startsWith(CACHE)) return place;
    if (!maps.has(file)) maps.set(file, new SourceMap(JSON.parse(readFileSync(`${file}.map`, 'utf8'))));
    const found = maps.get(file).findEntry(Number(line) - 1, Number(column) - 1);
    return found.originalSource
      ? `${path.resolve(path.dirname(file), found.originalSource)}:${found.originalLine + 1}:${found.originalColumn + 1}`
      : place;
  });
}

module.exports = { told };
