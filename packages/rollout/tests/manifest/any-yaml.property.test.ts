import fc from 'fast-check';
import { stringify } from 'yaml';
import { InputError, predictOnce, type Manifest } from '../../src/index.ts';
import { kubernetesFields } from '../../src/manifest/kubernetes-fields.ts';
import { controller, livenessProbe, pod, readinessProbe } from '../manifests.ts';
import { runs } from '../runs.ts';

type Path = readonly (string | number)[];

/** Returns the paths of all values of a manifest. */
function pathsOf(value: unknown, path: Path = []): Path[] {
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return [path, ...entries.flatMap(([key, each]) => pathsOf(each, [...path, key]))];
}

function withValue(root: unknown, [key, ...rest]: Path, value: unknown): unknown {
  if (key === undefined) return value;
  if (Array.isArray(root))
    return root.map((each: unknown, index) => (`${index}` === key ? withValue(each, rest, value) : each));
  const fields = Object(root) as Record<string, unknown>;
  return { ...fields, [key]: withValue(fields[key], rest, value) };
}

const full = (kind: 'Deployment' | 'ReplicaSet'): Manifest =>
  controller({
    kind,
    replicas: 2,
    container: {
      readinessProbe,
      livenessProbe,
      env: [{ name: 'A', value: '1' }],
      ports: [{ containerPort: 80, hostPort: 80 }],
      resources: { requests: { cpu: '1' }, limits: { cpu: 1, 'nvidia.com/gpu': 1 } },
      lifecycle: { preStop: { sleep: { seconds: 5 } } },
    },
    pod: {
      nodeSelector: { disk: 'ssd' },
      affinity: {
        podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: 'a' }] },
      },
      topologySpreadConstraints: [{ maxSkew: 1, topologyKey: 'a', whenUnsatisfiable: 'DoNotSchedule' }],
      volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }],
      initContainers: [{ name: 'init', image: 'init:v1' }],
    },
  });

const fieldNames = Object.values(kubernetesFields).flatMap((fields) =>
  fields.split(' ').map((field) => field.split(':')[0] ?? ''),
);
const scalars = fc.oneof(
  fc.constantFrom(
    null,
    true,
    0,
    -1,
    1.5,
    2 ** 40,
    '',
    '0',
    '25%',
    '-5%',
    'yes',
    'a b',
    '{{ .Values.x }}',
    '\uFFFF',
  ),
  fc.string(),
  fc.integer({ min: -5, max: 5 }),
);
const anything = fc.oneof(
  scalars,
  fc.array(scalars, { maxLength: 3 }),
  fc.dictionary(fc.oneof(fc.constantFrom(...fieldNames), fc.string()), scalars, { maxKeys: 3 }),
  fc.jsonValue({ maxDepth: 4 }).filter((value) => JSON.stringify(value).length < 500),
);

/** A prediction or an InputError of one line; throws anything else. */
function outcome(source: string): string {
  try {
    return predictOnce(source, { image: 'web:v2', limit: 120 }).end.reason;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    expect(error.message).not.toContain('\n');
    return 'refused';
  }
}

test('a manifest with any value at any place is predicted or refused', () => {
  const manifests = [full('Deployment'), full('ReplicaSet'), pod()];
  const places = manifests.flatMap((manifest) => pathsOf(manifest).map((path) => ({ manifest, path })));
  for (const manifest of manifests) expect(outcome(stringify(manifest))).not.toBe('refused');
  fc.assert(
    fc.property(
      fc.constantFrom(...places),
      fc.option(fc.constantFrom(...fieldNames)),
      anything,
      (place, field, value) => {
        const path = field === null ? place.path : [...place.path, field];
        expect(outcome(stringify(withValue(place.manifest, path, value)))).toBeTruthy();
      },
    ),
    { numRuns: runs(400) },
  );
});

const surroundings = [
  'ResourceQuota',
  'LimitRange',
  'PersistentVolumeClaim',
  'ConfigMap',
  'HorizontalPodAutoscaler',
  'PodDisruptionBudget',
];

test('any other object beside a workload is read or refused', () => {
  const object = fc.record({
    apiVersion: fc.constantFrom('v1', 'autoscaling/v2', 'policy/v1'),
    kind: fc.constantFrom(...surroundings),
    metadata: fc.oneof(anything, fc.constant({ name: 'web' })),
    spec: fc.oneof(
      anything,
      fc.record({ hard: anything, limits: anything, scaleTargetRef: anything, accessModes: anything }),
    ),
    data: anything,
  });
  const web = stringify(full('Deployment'));
  fc.assert(
    fc.property(object, (other) => {
      expect(outcome(`${web}---\n${stringify(other)}`)).toBeTruthy();
    }),
    { numRuns: runs(100) },
  );
});

test('a file of any text is predicted or refused', () => {
  const parts = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    '&a ',
    '*a',
    '<<: ',
    '- ',
    ': ',
    '? ',
    '\n',
    '  ',
    '---\n',
    '"',
    "'",
    '|\n',
    '!!int ',
    '#',
    '%',
    'kind',
    'a',
    '1',
    '\t',
    '\uFEFF',
    '{{',
  );
  fc.assert(
    fc.property(
      fc.array(parts, { maxLength: 40 }).map((all) => all.join('')),
      (source) => {
        expect(outcome(source)).toBe('refused');
      },
    ),
    { numRuns: runs(500), examples: [['{{|\n}}']] },
  );
});
