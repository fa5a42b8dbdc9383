import { applyChange } from '../../src/manifest/change.ts';
import { findDifferences } from '../../src/manifest/difference.ts';
import { controller, pod } from '../manifests.ts';

const list = [
  { name: 'a', value: '1' },
  { name: 'b', value: '2' },
];

test.each<[string, unknown, unknown, { path: string; value: unknown }[]]>([
  ['nothing', { a: 1, b: [1] }, { b: [1], a: 1 }, []],
  ['null, which stands for an absent field', { a: null }, {}, []],
  ['a deep field', { a: { b: 1 } }, { a: { b: 2 } }, [{ path: 'a.b', value: 2 }]],
  ['a new field', {}, { a: { b: 2 } }, [{ path: 'a', value: { b: 2 } }]],
  ['a removed field', { a: 1 }, {}, [{ path: 'a', value: undefined }]],
  ['a key with a dot', { 'a/b.c': 1 }, { 'a/b.c': 2 }, [{ path: '["a/b.c"]', value: 2 }]],
  [
    'an item with a name',
    { l: list },
    { l: [list[0], { name: 'b', value: '3' }] },
    [{ path: 'l[name=b].value', value: '3' }],
  ],
  ['an added item', { l: [list[0]] }, { l: list }, [{ path: 'l', value: list }]],
  ['an item without a name', { l: [1, 2] }, { l: [1, 3] }, [{ path: 'l[1]', value: 3 }]],
])('finds %s', (_, before, after, differences) => {
  expect(findDifferences(before, after)).toEqual(differences);
});

describe('a change to another manifest', () => {
  const web = controller({ replicas: 3 });
  const change = (after: object, before = web): unknown =>
    applyChange(before, { manifest: { ...after } }).change;

  test('has the new image and replicas in parts, and names the other fields', () => {
    const after = controller({ replicas: 5, minReadySeconds: 10, container: { image: 'web:v2' } });
    expect(change(after)).toEqual({
      at: 0,
      description: 'image web:v2, replicas 5, spec.minReadySeconds 10',
      image: 'web:v2',
      replicas: 5,
      set: [{ path: 'spec.minReadySeconds', value: 10 }],
    });
  });

  test('of one of several containers names the container', () => {
    const two = (image: string): object =>
      controller({
        pod: {
          containers: [
            { name: 'web', image },
            { name: 'log', image: 'log:v1' },
          ],
        },
      });
    expect(applyChange({ ...two('a:v1') }, { manifest: { ...two('a:v2') } }).change.image).toBe('web=a:v2');
  });

  test('names removed fields, and shortens long values', () => {
    const before = controller({ pod: { hostname: 'a' } });
    const after = controller({ container: { args: ['x'.repeat(200)] } });
    const { description, set } = applyChange(before, { manifest: after }).change;
    expect(description).toMatch(/spec\.template\.spec\.hostname removed/);
    expect(description).toMatch(/spec\.template\.spec\.containers\[name=web\]\.args \["x{58}…/);
    expect(set).toContainEqual({ path: 'spec.template.spec.hostname', value: null });
  });

  test('ignores status and metadata of the workload', () => {
    expect(change({ ...web, status: { replicas: 3 }, metadata: { name: 'web', generation: 5 } })).toEqual({
      at: 0,
      description: 'nothing',
    });
  });

  test('can be changed further', () => {
    const after = controller({ replicas: 5 });
    const { manifest, change: made } = applyChange(web, { manifest: after, image: 'web:v3' });
    expect(made.description).toBe('image web:v3, replicas 5');
    expect(manifest).toMatchObject({
      spec: { replicas: 5, template: { spec: { containers: [{ image: 'web:v3' }] } } },
    });
  });

  test('refuses fields that cannot change', () => {
    const selector = { matchLabels: { app: 'other' } };
    const other = { ...web, spec: { ...(web['spec'] as object), selector } };
    expect(() => change(other)).toThrow('spec.selector.matchLabels.app: field is immutable');
    const set = controller({ kind: 'StatefulSet' });
    expect(() => change(controller({ kind: 'StatefulSet', podManagementPolicy: 'Parallel' }), set)).toThrow(
      "spec.podManagementPolicy: updates to statefulset spec for fields other than 'replicas'",
    );
    expect(() => change(pod({ env: [{ name: 'A', value: 'b' }] }), pod())).toThrow(
      'only the image of a container can change in a running Pod',
    );
  });
});
