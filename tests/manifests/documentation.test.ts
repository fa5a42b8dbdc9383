import { readFileSync } from 'node:fs';
import path from 'node:path';
import { KUBE_SCORE } from './checkers';

const read = (file: string) => readFileSync(path.join(__dirname, '../..', file), 'utf8');
const pinned = (name: string) =>
  new RegExp(`^${name}==(.*)$`, 'm').exec(read('tests/manifests/requirements.txt'))?.[1] ?? 'not pinned';

test.each([
  ['kubernetes-validate', pinned('kubernetes-validate')],
  ['checkov', pinned('checkov')],
  ['kube-score', KUBE_SCORE.version.replace('v', '')],
])('docs/manifests.md names the version of %s that is installed', (name, version) => {
  expect(read('docs/manifests.md')).toContain(`| ${name} ${version} `);
});
