import { predictOnce } from '../../src/index.ts';
import { applyChange } from '../../src/manifest/change.ts';
import { setPath } from '../../src/manifest/path.ts';
import { workloadSpec } from '../../src/manifest/workload.ts';
import { controller, livenessProbe, pod } from '../manifests.ts';

describe('applyChange', () => {
  const two = controller({
    pod: {
      containers: [
        { name: 'web', image: 'a' },
        { name: 'log', image: 'b' },
      ],
    },
  });

  test('needs the name of the container if there are several', () => {
    expect(applyChange(two, { image: 'log=c:v2' }).manifest).toMatchObject({
      spec: { template: { spec: { containers: [{ image: 'a' }, { image: 'c:v2' }] } } },
    });
    expect(() => applyChange(two, { image: 'c:v2' })).toThrow(
      'the workload has several containers, use container=image with one of web, log',
    );
    expect(() => applyChange(two, { image: 'x=c' })).toThrow(
      'no container is named x, expected one of web, log',
    );
  });

  test('changes all containers that have one image', () => {
    const containers = [
      { name: 'web', image: 'a' },
      { name: 'side', image: 'a' },
    ];
    expect(applyChange(controller({ pod: { containers } }), { image: 'a:v2' }).manifest).toMatchObject({
      spec: { template: { spec: { containers: [{ image: 'a:v2' }, { image: 'a:v2' }] } } },
    });
  });

  test('accepts an image with a digest', () => {
    const image = `registry.example:5000/c:v2@sha256:${'0a'.repeat(32)}`;
    const one = controller({ pod: { containers: [{ name: 'web', image: 'a' }] } });
    for (const [manifest, given, index] of [
      [one, image, 0],
      [two, `log=${image}`, 1],
    ] as const) {
      const { spec } = applyChange(manifest, { image: given }).manifest;
      expect(spec).toHaveProperty(`template.spec.containers.${index}.image`, image);
    }
  });

  test('sets any field by its path, with the value in YAML', () => {
    const set = [
      'spec.strategy.rollingUpdate.maxSurge=100%',
      'spec.template.spec.containers[name=web].env=[{name: A, value: "1"}]',
    ];
    expect(applyChange(controller(), { set }).manifest).toMatchObject({
      spec: {
        strategy: { rollingUpdate: { maxSurge: '100%' } },
        template: { spec: { containers: [{ env: [{ name: 'A', value: '1' }] }] } },
      },
    });
  });

  test.each([
    ['nodeSelector.disk', 'ssd'],
    ['nodeSelector["example.com/zone"]', 'a'],
    ['affinity', { podAntiAffinity: {} }],
    ['initContainers', [{ name: 'init', image: 'init:v1' }]],
    ['tolerations[0]', { operator: 'Exists' }],
    ['containers[0].resources.limits.cpu', '2'],
    ['containers[1]', { name: 'side', image: 'side:v1' }],
    ['hostNetwork', true],
  ])('sets a field of the pod that the manifest does not have: %s', (field, value) => {
    const set = [`spec.template.spec.${field}=${JSON.stringify(value)}`];
    const { manifest } = applyChange(controller(), { set });
    expect(JSON.stringify(manifest)).toContain(JSON.stringify(value));
    expect(workloadSpec(manifest, 'x').kind).toBe('Deployment');
  });

  test('does not modify the manifest that it is given', () => {
    const before = JSON.stringify(two);
    applyChange(two, { image: 'log=c', replicas: 9, set: ['spec.minReadySeconds=3'] });
    expect(JSON.stringify(two)).toBe(before);
  });

  test.each([
    ['spec.templat.spec=1', 'spec has no templat; did you mean template?'],
    [
      'spec.strategy.maxSurge=1',
      'spec.strategy has no maxSurge; did you mean spec.strategy.rollingUpdate.maxSurge?',
    ],
    ['spec.foo=1', 'spec has no foo, it has minReadySeconds, paused'],
    ['spec.replicas.x=1', 'spec.replicas has no x'],
    ['status.replicas=1', 'a workload cannot change its status.replicas'],
    ['spec.template.spec.containers[7].image=x', 'spec.template.spec.containers has no 7, it has 1 item'],
    ['spec.template.spec.containers[name=db].image=x', 'spec.template.spec.containers has no db'],
    ['spec.constructor.x=1', 'spec has no constructor'],
    ['__proto__.toString=1', 'the manifest has no __proto__'],
    ['metadata.name=other', 'a workload cannot change its metadata.name'],
    ['spec.selector.matchLabels.app=x', 'a workload cannot change its spec.selector.matchLabels.app'],
    ['spec..x=1', 'cannot read "..x"'],
    ['nonsense', 'expected path=value'],
  ])('rejects a mistyped path: %s', (set, message) => {
    expect(() => applyChange(controller(), { set: [set] })).toThrow(message);
  });

  test('lets predict reject a value of the wrong type', () => {
    expect(() => predictOnce(controller(), { set: ['spec.replicas=many'] })).toThrow(
      'manifest after the change: spec.replicas: Invalid value: "many": json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32',
    );
  });

  test('changes only the named field of a YAML alias that is used twice', () => {
    const labels = { app: 'web' };
    const shared = { a: { labels }, b: { labels } };
    expect(setPath(shared, 'a.labels.app', 'x', () => false)).toEqual({
      a: { labels: { app: 'x' } },
      b: { labels: { app: 'web' } },
    });
  });

  test('removes a field that is set to null', () => {
    const probed = controller({ container: { livenessProbe } });
    const set = ['spec.template.spec.containers[0].livenessProbe=null'];
    expect(workloadSpec(applyChange(probed, { set }).manifest, 'x')).toEqual(workloadSpec(controller(), 'x'));
  });

  test('changes only the image of a Pod', () => {
    expect(() => applyChange(pod(), { replicas: 2 })).toThrow('a Pod has no replicas');
    expect(() => applyChange(pod(), { set: ['spec.terminationGracePeriodSeconds=1'] })).toThrow(
      'only the image of a container',
    );
  });
});
