const { readFileSync, writeFileSync } = require('node:fs');
const { createRequire } = require('node:module');
const path = require('node:path');
const vm = require('node:vm');
const { ROOT } = require('./inputs.cjs');

const project = createRequire(path.join(ROOT, 'main.ts'));
const ran = [];

/**
 * Runs a bundle.
 *
 * @param packages what it requires, but for what Node has and what can only be resolved
 * @returns its exports
 */
function execute({ file, source, settled }, packages = {}) {
  const code = `${file}.${process.version}-${process.arch}.code`;
  const cachedData = settled ? readIfThere(code) : undefined;
  const script = new vm.Script(`(function (exports, require, module) {${source}\n})`, {
    filename: file,
    cachedData,
    importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  if (settled && (!cachedData || script.cachedDataRejected)) ran.push({ script, code });
  const require = (name) => packages[name] ?? project(name);
  const module = { exports: {} };
  script.runInThisContext()(module.exports, Object.assign(require, { resolve: project.resolve }), module);
  return module.exports;
}

/**
 * Keeps the code of settled bundles that had none yet: V8's bytecode of the functions that have run, which
 * the next run need not compile. What is still being worked on is left out.
 */
function keepCode() {
  for (const { script, code } of ran) {
    try {
      writeFileSync(code, script.createCachedData());
    } catch {
      // another run has put another bundle in its place
    }
  }
}

function readIfThere(file) {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

module.exports = { execute, keepCode };
