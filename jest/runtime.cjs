// Jest reads every file anew for each test file. Here a worker reads a file of a package once.
const path = require('node:path');
const { default: Runtime } = require('jest-runtime');

const PACKAGES = path.join(__dirname, '..', 'node_modules', path.sep);
const packages = new Map();

/** What a test file has read: text by file name. */
class Sources extends Map {
  get(file) {
    return packages.get(file) ?? super.get(file);
  }

  set(file, text) {
    if (!file.startsWith(PACKAGES)) return super.set(file, text);
    packages.set(file, text);
    return this;
  }
}

module.exports = class PackagesReadOnce extends Runtime {
  constructor(config, environment, resolver, transformer, sources, ...others) {
    super(config, environment, resolver, transformer, new Sources(sources), ...others);
  }
};
