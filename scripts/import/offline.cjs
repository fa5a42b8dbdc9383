// @ts-check
// `npm run import` preloads this file: cdk8s-cli then reads the Kubernetes schema in this folder
// instead of downloading it, so imports/ can be generated without the internet.
const fs = require('node:fs');
const path = require('node:path');

// by its path: the package exports only its command
/** @type {{ download: (url: string) => Promise<string> }} */
const util = require(path.join(__dirname, '../../node_modules/cdk8s-cli/lib/util.js'));

const { download } = util;

util.download = async (url) => {
  const version = /\/kubernetes-schemas\/(v[\d.]+)\//.exec(url)?.[1];
  const schema = path.join(__dirname, `${version}.json`);
  return fs.existsSync(schema) ? fs.promises.readFile(schema, 'utf8') : download(url);
};
