// Jest gives each test file modules of its own, and so compiles the same packages again and again. Here each
// worker compiles a file once, and from V8's code cache after that.
const vm = require('node:vm');
const { TestEnvironment } = require('jest-environment-node');

/** Characters from which on compiling takes longer than looking up. */
const WORTHWHILE = 2 ** 12;

const compiled = new Map();
const { compileFunction } = vm;

vm.compileFunction = (code, params, options) => {
  // what imports dynamically is bound to the test file that it was compiled for
  if (code.length < WORTHWHILE || code.includes('import(')) return compileFunction(code, params, options);
  const cachedData = compiled.get(code);
  const made = compileFunction(code, params, { ...options, cachedData, produceCachedData: !cachedData });
  if (!cachedData) compiled.set(code, made.cachedData);
  return made;
};

module.exports = TestEnvironment;
