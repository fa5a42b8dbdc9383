// Jest gives each test file modules of its own, and so compiles the same packages again and again. Here each
// worker compiles a file once, and a test file gets closures of its own of what was compiled: no state is shared.
const vm = require('node:vm');
const { TestEnvironment } = require('jest-environment-node');

const compiled = new Map();
const { compileFunction } = vm;

vm.compileFunction = (code, params, options) => {
  // what imports dynamically is bound to the test file that it was compiled for
  if (code.includes('import(')) return compileFunction(code, params, options);
  const { filename, parsingContext } = options;
  let known = compiled.get(filename);
  if (known?.code !== code) {
    const head = `(function (${params.join()}) {`;
    const script = new vm.Script(`${head}${code}\n})`, { filename, columnOffset: -head.length });
    known = { code, script };
    compiled.set(filename, known);
  }
  return known.script.runInContext(parsingContext);
};

module.exports = TestEnvironment;
