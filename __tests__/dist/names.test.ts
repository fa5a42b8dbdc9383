import { Testing } from 'cdk8s';
import { homework } from '../../charts';
import { SERVICE_NAME } from '../../constructs/image';
import { objects } from '../support/dist';
import { podOf } from '../support/manifest';
import { settings } from '../support/synth';

const ids = homework(Testing.app(), settings).map(({ node }) => node.id);

test('dist/ has a file for each chart, and no other', () => {
  expect([...new Set(objects.map(({ file }) => file))]).toEqual(ids.map((id) => `${id}.yaml`).sort());
});

test.each(objects)('$manifest.kind in $file is named after its file, or after the service', (object) => {
  const id = object.file.replace('.yaml', '');
  const bonus = id === 'online-inference-service';
  expect(object.manifest.metadata.name).toBe(bonus ? SERVICE_NAME : id);
});

test('no two objects of a kind have the same name, so that one apply creates all', () => {
  const names = objects.map(({ manifest }) => `${manifest.kind} ${manifest.metadata.name}`);
  expect(new Set(names).size).toBe(names.length);
});

test.each(objects)('$manifest.kind in $file has no namespace, and no hash in its name', ({ manifest }) => {
  expect(manifest.metadata).not.toHaveProperty('namespace');
  expect(manifest.metadata.name).toMatch(/^[a-z]+(-[a-z]+)*$/);
  // cdk8s appends -c and eight hexadecimal digits
  expect(manifest.metadata.name).not.toMatch(/-c?[0-9a-f]{8}$/);
});

test.each(objects)('$manifest.kind in $file and its pods have the recommended labels', ({ manifest }) => {
  const recommended = {
    'app.kubernetes.io/name': SERVICE_NAME,
    'app.kubernetes.io/instance': manifest.metadata.name,
    'app.kubernetes.io/component': 'model-server',
    'app.kubernetes.io/managed-by': 'cdk8s',
  };
  expect(manifest.metadata.labels).toMatchObject(recommended);
  expect((podOf(manifest) ?? manifest).metadata.labels).toMatchObject(recommended);
});
