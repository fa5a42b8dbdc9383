// @ts-check
const { Buffer } = require('node:buffer');
const { readFileSync } = require('node:fs');
const autocannon = require('autocannon');

/** Prints autocannon's result for the options on standard input. Its own command line cannot send a binary body. */
const { body, ...options } = JSON.parse(readFileSync(0, 'utf8'));
void autocannon({ ...options, body: Buffer.from(body, 'base64') }).then((result) => {
  console.log(JSON.stringify(result));
});
