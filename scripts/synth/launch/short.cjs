const { setFlagsFromString } = require('node:v8');

// What packages require of Node comes with compiled code, which V8 refuses once its flags are others.
require('node:child_process');
require('node:crypto');

/**
 * What V8 does for programs that run for seconds: here nearly all of it comes to nothing, and takes a fifth of the
 * processor time. It would pay with some hundreds of charts: 700 take a tenth longer without it.
 */
for (const flag of ['--no-opt', '--no-maglev', '--no-incremental-marking']) setFlagsFromString(flag);
