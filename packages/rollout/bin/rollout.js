#!/usr/bin/env node
require('node:module').enableCompileCache?.(); // Node.js 22 and later
require('tsx/cjs');
const { run } = require('../src/cli.ts');

const { stdin, stdout, stderr } = process;
stdout.on('error', (error) => {
  if (error.code !== 'EPIPE') throw error; // `rollout … | head` closes the pipe early
});
run(process.argv.slice(2), { stdin, stdout, stderr, exitCode: 0 }).then((code) => {
  process.exitCode = code;
});
