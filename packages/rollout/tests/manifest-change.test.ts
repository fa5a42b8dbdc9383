import { predict } from '../src';
import { changed } from '../src/manifest/change';
import { setPath } from '../src/manifest/path';
import { workloadSpec } from '../src/manifest/workload';
import { controller, pod } from './manifests';

describe('a change', () => {
  const two = controller({
    pod: {
      containers: [
        { name: 'web', image: 'a' },
        { name: 'log', image: 'b' },
      ],
    },
  });

  test('of an image names its container where there are several', () => {
    expect(changed(two, { image: 'log=c:v2' }).manifest).toMatchObject({
      spec: { template: { spec: { containers: [{ image: 'a' }, { image: 'c:v2' }] } } },
    });
    expect(() => changed(two, { image: 'c:v2' })).toThrow(
      'which container? Use container=image with one of web, log',
    );
    expect(() => changed(two, { image: 'x=c' })).toThrow('no container is named x, there are web, log');
  });

  test('of an image may be to a digest', () => {
    const image = `registry.example:5000/c:v2@sha256:${'0a'.repeat(32)}`;
    const one = controller({ pod: { containers: [{ name: 'web', image: 'a' }] } });
    for (const [manifest, given, index] of [
      [one, image, 0],
      [two, `log=${image}`, 1],
    ] as const) {
      const { spec } = changed(manifest, { image: given }).manifest;
      expect(spec).toHaveProperty(`template.spec.containers.${index}.image`, image);
    }
  });

  test('sets any field by its path, the value in YAML', () => {
    const set = [
      'spec.strategy.rollingUpdate.maxSurge=100%',
      'spec.template.spec.containers[name=web].env=[{name: A, value: "1"}]',
    ];
    expect(changed(controller(), { set }).manifest).toMatchObject({
      spec: {
        strategy: { rollingUpdate: { maxSurge: '100%' } },
        template: { spec: { containers: [{ env: [{ name: 'A', value: '1' }] }] } },
      },
    });
  });

  test('leaves the manifest that it was given as it was', () => {
    const before = JSON.stringify(two);
    changed(two, { image: 'log=c', replicas: 9, set: ['spec.minReadySeconds=3'] });
    expect(JSON.stringify(two)).toBe(before);
  });

  test.each([
    ['spec.templat.spec=1', 'spec has no templat, it has strategy, selector, template'],
    ['spec.template.spec.containers[7].image=x', 'spec.template.spec.containers has no 7, it has 1 items'],
    ['spec.template.spec.containers[name=db].image=x', 'spec.template.spec.containers has no db'],
    ['metadata.name=other', 'a workload keeps its metadata.name'],
    ['spec.selector.matchLabels.app=x', 'a workload keeps its spec.selector'],
    ['spec..x=1', 'cannot read "..x"'],
    ['nonsense', 'expected path=value'],
  ])('with a slip of the pen is refused: %s', (set, message) => {
    expect(() => changed(controller(), { set: [set] })).toThrow(message);
  });

  test('to a value of the wrong type is refused', () => {
    expect(() => predict(controller(), { set: ['spec.replicas=many'] })).toThrow(
      'manifest after the change: spec.replicas is "many", expected a whole number from 0',
    );
  });

  test('of what a YAML alias repeats changes only the place that it names', () => {
    const labels = { app: 'web' };
    const shared = { a: { labels }, b: { labels } };
    expect(setPath(shared, 'a.labels.app', 'x', () => false)).toEqual({
      a: { labels: { app: 'x' } },
      b: { labels: { app: 'web' } },
    });
  });

  test('to null takes a field away', () => {
    const probed = controller({ container: { livenessProbe: {} } });
    const set = ['spec.template.spec.containers[0].livenessProbe=null'];
    expect(workloadSpec(changed(probed, { set }).manifest, 'x')).toEqual(workloadSpec(controller(), 'x'));
  });

  test('of a Pod can only be of an image', () => {
    expect(() => changed(pod(), { replicas: 2 })).toThrow('a Pod has no replicas');
    expect(() => changed(pod(), { set: ['spec.terminationGracePeriodSeconds=1'] })).toThrow(
      'only a container',
    );
  });
});
