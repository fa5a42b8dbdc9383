// @ts-check
// Ends `npm run synth`, and an installation by yarn or pnpm, with one line if it cannot work here.
const { engines } = require('../package.json');

const [oldest = ''] = /[\d.]+/.exec(engines.node) ?? [];
const [manager = 'npm'] = process.env['npm_config_user_agent']?.split('/') ?? [];

/** @param {string} message */
function refuse(message) {
  console.error(message);
  process.exit(1);
}

if (process.versions.node.localeCompare(oldest, 'en', { numeric: true }) < 0) {
  refuse(`Node.js ${process.versions.node} is not supported: use ${oldest} or later, recommended 24`);
}
if (process.env['npm_lifecycle_event'] === 'preinstall' && manager !== 'npm') {
  refuse(`${manager} is not supported: package-lock.json pins the versions for npm, so use npm ci`);
}
