// Preloaded by `npm run import`: cdk8s-cli reads the Kubernetes schema beside this file instead of
// downloading the same one, so that imports/ is reproducible without the internet.
const { existsSync } = require('node:fs');
const { readFile } = require('node:fs/promises');
const path = require('node:path');

// by its path, as the package exports only its command
const util = require(path.join(__dirname, '../../node_modules/cdk8s-cli/lib/util.js'));

const { download } = util;

util.download = async (url) => {
  const version = /\/kubernetes-schemas\/(v[\d.]+)\//.exec(url)?.[1];
  const file = path.join(__dirname, `${version}.json`);
  return existsSync(file) ? readFile(file, 'utf8') : download(url);
};
