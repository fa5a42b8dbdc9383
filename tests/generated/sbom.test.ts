import { execFileSync } from 'node:child_process';
import path from 'node:path';
import service from '@online-inference/service/package.json';

const SBOM = path.join(__dirname, '../../packages/service/scripts/sbom');

interface Component {
  readonly 'bom-ref': string;
  readonly name: string;
  readonly version: string;
  readonly hashes?: readonly { readonly alg: string }[];
  readonly licenses?: readonly unknown[];
}

interface Sbom {
  readonly bomFormat: string;
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
}

const sbom = JSON.parse(
  execFileSync(SBOM, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
) as Sbom;
const refs = sbom.components.map((one) => one['bom-ref']);

test('the SBOM is CycloneDX and lists each direct dependency in its pinned version', () => {
  expect(sbom.bomFormat).toBe('CycloneDX');
  const root = sbom.dependencies.find(({ ref }) => ref.startsWith('@online-inference/service@'));
  const direct = Object.entries(service.dependencies).map(([name, version]) => `${name}@${version}`);
  expect([...(root?.dependsOn ?? [])].sort()).toEqual(direct.sort());
  expect(refs).toEqual(expect.arrayContaining(direct));
});

test('each package from a registry has a licence and a hash', () => {
  const published = sbom.components.filter((one) => !one['bom-ref'].startsWith('@online-inference/'));
  expect(published.length).toBeGreaterThan(60);
  for (const component of published) {
    expect(component.licenses).toHaveLength(1);
    expect(component.hashes).toEqual([expect.objectContaining({ alg: 'SHA-512' })]);
  }
});

test('every dependency of a component is a component, including packages that others use only in development', () => {
  expect(refs).toEqual(expect.arrayContaining(['fastq@1.20.3', 'reusify@1.1.0']));
  const used = sbom.dependencies
    .filter(({ ref }) => refs.includes(ref))
    .flatMap(({ dependsOn }) => dependsOn);
  expect(used.filter((ref) => !refs.includes(ref))).toEqual([]);
});

test('no development dependency is a component', () => {
  const development = ['esbuild', 'eslint', 'fast-check', 'jest', 'cdk8s', 'commander'];
  expect(sbom.components.filter(({ name }) => development.includes(name))).toEqual([]);
});
