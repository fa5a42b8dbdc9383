import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { dependencies, devDependencies, version } from '../package.json';

interface Component {
  readonly 'bom-ref': string;
  readonly type: string;
  readonly name: string;
  readonly version: string;
  readonly hashes: readonly { readonly alg: string; readonly content: string }[];
  readonly licenses?: readonly unknown[];
  readonly components?: readonly Component[];
}

interface Sbom {
  readonly bomFormat: string;
  readonly metadata: { readonly component: Component };
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
}

const APP = path.join(__dirname, '..');
const MODULES = path.join(APP, '../../node_modules');
const NATIVE = 'a native library';

let image: string;
let texts: string[];
let sbom: Sbom;
beforeAll(async () => {
  image = mkdtempSync(path.join(tmpdir(), 'image-'));
  for (const name of ['onnxruntime-node', 'onnxruntime-common']) {
    cpSync(path.join(MODULES, name, 'package.json'), path.join(image, 'node_modules', name, 'package.json'));
  }
  const bin = path.join(image, 'node_modules/onnxruntime-node/bin');
  mkdirSync(bin);
  writeFileSync(path.join(bin, 'libonnxruntime.so.1'), NATIVE);
  ['onnx', 'json'].forEach((ending) => {
    cpSync(
      path.join(APP, `model/heart-disease.${ending}`),
      path.join(image, `model/heart-disease.${ending}`),
    );
  });
  const run = () => promisify(execFile)(process.execPath, [path.join(APP, 'sbom.cjs'), image]);
  texts = (await Promise.all([run(), run()])).map(({ stdout }) => stdout);
  sbom = JSON.parse(texts[0] ?? '') as Sbom;
});
afterAll(() => {
  rmSync(image, { recursive: true });
});

const named = (name: string) => sbom.components.find((component) => component.name === name);

test('it is CycloneDX, of the service and its version', () => {
  expect(sbom.bomFormat).toBe('CycloneDX');
  expect(sbom.metadata.component).toMatchObject({
    type: 'application',
    name: '@online-inference/service',
    version,
  });
});

test('it holds each production dependency, in the version that is used, with licence and hash', () => {
  const direct = Object.entries(dependencies).map(([name, used]) => `${name}@${used}`);
  const [own] = sbom.dependencies.filter(({ ref }) => ref === sbom.metadata.component['bom-ref']);
  expect([...(own?.dependsOn ?? [])].sort()).toEqual(direct.sort());
  for (const component of sbom.components.filter(({ type }) => type === 'library')) {
    expect(component.licenses).toHaveLength(1);
    expect(component.hashes).toEqual([expect.objectContaining({ alg: 'SHA-512' })]);
  }
});

test('it holds what is bundled though another package develops with it, which npm’s own --omit leaves out', () => {
  expect(named('fastq')).toBeDefined();
  expect(named('@sinclair/typebox')).toBeDefined();
});

test('it holds nothing that the image does not', () => {
  const others = ['eslint', 'jest', 'cdk8s', 'commander', 'global-agent', 'adm-zip'];
  [...Object.keys(devDependencies), ...others].forEach((name) => {
    expect([name, named(name)]).toEqual([name, undefined]);
  });
  const held = new Set([sbom.metadata.component['bom-ref'], ...sbom.components.map((one) => one['bom-ref'])]);
  sbom.dependencies.forEach(({ ref, dependsOn }) => {
    expect([...held]).toEqual(expect.arrayContaining([ref, ...dependsOn]));
  });
});

test('it names ONNX Runtime’s native library and the model, by the hashes of their files', () => {
  const hash = (content: string | Buffer) => createHash('sha256').update(content).digest('hex');
  expect(named('onnxruntime-node')?.components).toEqual([
    expect.objectContaining({
      name: 'libonnxruntime.so.1',
      version: dependencies['onnxruntime-node'],
      hashes: [{ alg: 'SHA-256', content: hash(NATIVE) }],
    }),
  ]);
  const model = readFileSync(path.join(APP, 'model/heart-disease.onnx'));
  expect(named('heart-disease.onnx')).toMatchObject({
    type: 'machine-learning-model',
    hashes: [{ alg: 'SHA-256', content: hash(model) }],
  });
});

test('what is made twice is the same, to the byte', () => {
  expect(texts[0]).toBe(texts[1]);
});
