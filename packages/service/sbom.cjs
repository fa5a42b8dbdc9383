// Tells what an image holds, as CycloneDX: node sbom.cjs FOLDER > sbom.cdx.json
//
// `npm sbom` knows each package's licence, hash and dependencies. Its --omit=dev is no help: it also leaves out what is
// a development dependency of another package, such as fastq. So which packages an image holds is asked of esbuild, for
// those in the bundle, and of the image's folder, for those beside it.
const { execFileSync } = require('node:child_process');
const { createHash } = require('node:crypto');
const { readdirSync, readFileSync } = require('node:fs');
const { basename, join } = require('node:path');
const { buildSync } = require('esbuild');
const { bundleOptions } = require('./bundle.cjs');

const REPOSITORY = join(__dirname, '../..');
const json = (file) => JSON.parse(readFileSync(file, 'utf8'));

/** The folder of the package that a file is of, if any. */
const PACKAGE = /^.*\/node_modules\/(@[^/]+\/)?[^/]+/;

/** `name@version` of each package that has one of the files. */
function packagesOf(files) {
  const folders = files.flatMap((file) => PACKAGE.exec(file)?.[0] ?? []);
  return [...new Set(folders)].map((folder) => {
    const { name, version } = json(join(folder, 'package.json'));
    return `${name}@${version}`;
  });
}

/** The files of which the bundle has something. */
function bundledFiles() {
  const { metafile } = buildSync({ ...bundleOptions(), metafile: true, write: false });
  return Object.values(metafile.outputs)
    .flatMap(({ inputs }) => Object.keys(inputs).filter((file) => inputs[file].bytesInOutput > 0))
    .map((file) => join(__dirname, file));
}

/** The files of the image's folder. */
function filesOf(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** A file that no package manager knows, with its own hash. */
function component(file, type, version, rest) {
  const content = createHash('sha256').update(readFileSync(file)).digest('hex');
  const hashes = [{ alg: 'SHA-256', content }];
  return { 'bom-ref': `${basename(file)}@${version}`, type, name: basename(file), version, hashes, ...rest };
}

function sbom(folder) {
  const args = ['sbom', '--sbom-format=cyclonedx', '--package-lock-only', '--workspace=packages/service'];
  const whole = JSON.parse(execFileSync('npm', args, { cwd: REPOSITORY, encoding: 'utf8', stdio: 'pipe' }));
  const app = json(join(__dirname, 'package.json'));
  const root = `${app.name}@${app.version}`;

  const files = filesOf(folder);
  const wanted = new Set(packagesOf([...bundledFiles(), ...files]));
  const components = whole.components.filter((one) => wanted.delete(one['bom-ref']));
  if (wanted.size > 0) {
    throw new Error(`npm sbom does not know ${[...wanted].join(', ')}, of which the image has something`);
  }

  const natives = files.filter((file) => /\.(node|so[.\d]*)$/.test(file));
  for (const file of natives) {
    const owner = components.find(({ name }) => file.includes(`/node_modules/${name}/`));
    (owner.components ??= []).push(component(file, 'library', owner.version, { licenses: owner.licenses }));
  }
  const models = files
    .filter((file) => file.endsWith('.onnx'))
    .map((file) =>
      component(file, 'machine-learning-model', json(file.replace(/onnx$/, 'json')).version, {}),
    );

  const held = new Set([root, ...components.map((one) => one['bom-ref'])]);
  const dependencies = whole.dependencies
    .filter(({ ref }) => held.has(ref))
    .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((other) => held.has(other)) }));
  // Without npm's serial number and time: what is built twice from the same files has the same SBOM.
  const { $schema, bomFormat, specVersion, version, metadata } = whole;
  const about = {
    'bom-ref': root,
    type: 'application',
    name: app.name,
    version: app.version,
    description: app.description,
    licenses: [{ license: { id: app.license } }],
  };
  return {
    $schema,
    bomFormat,
    specVersion,
    version,
    metadata: { lifecycles: metadata.lifecycles, tools: metadata.tools, component: about },
    components: [...components, ...models],
    dependencies,
  };
}

process.stdout.write(`${JSON.stringify(sbom(process.argv[2]), undefined, 2)}\n`);
