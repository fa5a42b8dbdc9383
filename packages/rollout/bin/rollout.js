#!/usr/bin/env node
// @ts-check
import nodeModule from 'node:module';
import process from 'node:process';

// only Node.js 22 and later have it
if ('enableCompileCache' in nodeModule && typeof nodeModule.enableCompileCache === 'function') {
  nodeModule.enableCompileCache();
}
const { run } = await import('../build/cli.js');

const { stdin, stdout, stderr } = process;
stdout.on('error', (error) => {
  // `rollout … | head` closes the pipe early
  if (!('code' in error) || error.code !== 'EPIPE') throw error;
});
process.exitCode = await run(process.argv.slice(2), { stdin, stdout, stderr, exitCode: 0 });
