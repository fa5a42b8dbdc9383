// Runs main.ts: what `npm run synth` calls, and what cdk8s.yaml has cdk8s-cli run.
// The app is bundled anew when a file of it has changed. The packages that it uses are bundled once for an
// installation and run from V8's code cache: to load them file by file takes longer than all the rest.
require('./launch/short.cjs');
const { appBundle, bundlePackages, packagesBundle } = require('./launch/bundles.cjs');
const { execute, keepCode } = require('./launch/execute.cjs');

async function run() {
  const bundling = appBundle();
  const known = packagesBundle();
  let packages = known && execute(known); // while esbuild, a process of its own, bundles the app
  const app = await bundling;
  if (!packages || app.packages.some((name) => !(name in packages))) {
    packages = execute(await bundlePackages(app.packages));
  }
  execute(app, packages);
  keepCode();
}

function fail(error) {
  process.exitCode = 1;
  const { NotBundled } = require('./launch/esbuild.cjs');
  if (!(error instanceof NotBundled)) console.error(require('./launch/told.cjs').told(error));
}

process.on('uncaughtException', fail);
run().catch(fail);
