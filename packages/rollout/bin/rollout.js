#!/usr/bin/env node
// @ts-check
const nodeModule = require('node:module');
const tsx = require('tsx/cjs/api');

// only Node.js 22 and later have it
if ('enableCompileCache' in nodeModule && typeof nodeModule.enableCompileCache === 'function') {
  nodeModule.enableCompileCache();
}
tsx.register();
const { run } = require('../src/cli');

const { stdin, stdout, stderr } = process;
stdout.on('error', (error) => {
  // `rollout … | head` closes the pipe early
  if (!('code' in error) || error.code !== 'EPIPE') throw error;
});
void run(process.argv.slice(2), { stdin, stdout, stderr, exitCode: 0 }).then((code) => {
  process.exitCode = code;
});
