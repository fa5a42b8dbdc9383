import { readFileSync } from 'node:fs';
import path from 'node:path';
import { InputError, type Manifest } from '../../src/index.ts';
import { applyChange } from '../../src/manifest/change.ts';
import { decode } from '../../src/manifest/decode.ts';
import { workloadSpec } from '../../src/manifest/workload.ts';
import { controller, livenessProbe, pod } from '../manifests.ts';

const template = 'spec.template.spec';
const first = `${template}.containers[0]`;

/** Returns a Deployment with one field set to a value, whether or not the field exists. */
function withField(field: string, value: unknown, manifest: Manifest = controller()): Manifest {
  const steps = field.split(/[.[\]]+/).filter(Boolean);
  const copy = JSON.parse(JSON.stringify(manifest)) as Record<string, unknown>;
  let node = copy;
  for (const [index, step] of steps.slice(0, -1).entries()) {
    node[step] ??= /^\d+$/.test(steps[index + 1] ?? '') ? [] : {};
    node = node[step] as Record<string, unknown>;
  }
  node[steps.at(-1) ?? ''] = value;
  return copy;
}

const refusalOf = (manifest: Manifest): string => {
  try {
    workloadSpec(manifest, 'x');
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    return (error as InputError).message;
  }
  return '';
};

describe('an unknown field', () => {
  test.each([
    ['spec.strategy.rollingUpdate.maxUnavalable', 1, 'maxUnavailable'],
    ['spec.strategy.maxSurge', 1, 'spec.strategy.rollingUpdate.maxSurge'],
    ['spec.replicaCount', 1, undefined],
    ['spec.Replicas', 1, 'replicas'],
    [`${first}.readynessProbe`, livenessProbe, 'readinessProbe'],
    [`${template}.replicas`, 1, 'spec.replicas'],
    [`${template}.image`, 'x', `${template}.containers[].image`],
    [`${first}.livenessProbe`, { ...livenessProbe, periodSecond: 5 }, 'periodSeconds'],
  ])('is named, with the near one: %s', (field, value, near) => {
    const message = refusalOf(withField(field, value));
    expect(message).toMatch(/^x: unknown field "/);
    if (near === undefined) expect(message).not.toContain('did you mean');
    else expect(message).toContain(`; did you mean ${near}?`);
  });

  test('is named before any other fault', () => {
    expect(refusalOf(withField('spec.foo', 1, withField('spec.replicas', '2')))).toMatch(
      /^x: unknown field "spec.foo"/,
    );
  });

  test.each([
    ['status', { anything: 1 }],
    ['metadata.creationTimestamp', null],
    ['spec.podReplacementPolicy', 'TerminationStarted'],
    [`${template}.schedulingGroup`, {}],
    [`${first}.restartPolicyRules`, []],
    [`${template}.hostnameOverride`, 'x'],
  ])('is not a field that only some versions of Kubernetes have: %s', (field, value) => {
    expect(refusalOf(withField(field, value))).toBe('');
  });
});

/** The fields that a StatefulSet and a DaemonSet both need. */
function set(): Manifest {
  const { apiVersion, metadata, spec } = controller();
  const { selector, template: podTemplate } = spec as { selector: unknown; template: unknown };
  return { apiVersion, metadata, spec: { selector, template: podTemplate } };
}

interface Answer {
  /** @default Deployment */
  readonly kind?: 'StatefulSet' | 'DaemonSet';
  readonly field: string;
  readonly value: unknown;
  /** The first error; absent if the API server accepts the value. */
  readonly error?: string;
}
// made with the decoder, defaults and validation of k8s.io/kubernetes v1.37.0
const answers = readFileSync(path.join(__dirname, 'api-server.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Answer);

test.each(answers)(
  'answers as the API server does: $kind $field $value',
  ({ kind, field, value, error = '' }) => {
    const refusal = refusalOf(withField(field, value, kind && { ...set(), kind }));
    if (error === '') expect(refusal).toBe('');
    else expect(refusal).toContain(error);
  },
);

test.each([
  ['spec.replicas', '2', 'write it without quotes, 2'],
  [`${first}.env`, [{ name: 'A', value: 5 }], 'write it in quotes, "5"'],
])('says how to write %s: %j', (field, value, hint) => {
  expect(refusalOf(withField(field, value))).toMatch(new RegExp(`: ${hint}$`));
});

test('reports up to three reasons in one line', () => {
  const probe = {
    ...livenessProbe,
    periodSeconds: -1,
    timeoutSeconds: -1,
    failureThreshold: -1,
    initialDelaySeconds: -1,
  };
  expect(refusalOf(withField(`${first}.livenessProbe`, probe))).toMatch(/^x: .*; .*; .*; and 1 more$/);
});

test.each([
  ['700m of at most 0.7 CPUs', `${first}.resources`, { requests: { cpu: '700m' }, limits: { cpu: 0.7 } }],
  ['a negative grace period, which is 1 s', `${template}.terminationGracePeriodSeconds`, -5],
  ['a null in a list', `${first}.args`, [null]],
  [
    'restart policies of newer clusters',
    `${template}.initContainers`,
    [{ name: 'a', image: 'b', restartPolicy: 'Never' }],
  ],
])('accepts %s', (_title, field, value) => {
  expect(refusalOf(withField(field, value))).toBe('');
});

test('fills in the default for a probe field of 0', () => {
  const zeros = {
    periodSeconds: 0,
    timeoutSeconds: 0,
    failureThreshold: 0,
    successThreshold: 0,
    initialDelaySeconds: 0,
  };
  const given = withField(`${first}.readinessProbe`, { tcpSocket: { port: 80 }, ...zeros });
  expect(workloadSpec(given, 'x').template.containers[0]?.readiness).toMatchObject({
    periodSeconds: 10,
    timeoutSeconds: 1,
    failureThreshold: 3,
    successThreshold: 1,
  });
});

test('checks a Pod with the paths of a Pod', () => {
  expect(refusalOf(pod({ ports: [{}] }))).toBe(
    'x: spec.containers[0].ports[0].containerPort: Required value',
  );
  expect(refusalOf(pod({}, { restartPolicy: 'Never' }))).toBe('');
});

test('checks the workload after each change', () => {
  const { manifest } = applyChange(controller(), { set: [`${template}.nodeSelector={"a b": c}`] });
  expect(refusalOf(manifest)).toContain('spec.template.spec.nodeSelector: Invalid value: "a b"');
});

test('decode leaves a manifest without nulls', () => {
  const { decoded } = decode(
    'Deployment',
    withField(`${first}.command`, null, withField('metadata.labels', null)),
  );
  expect(JSON.stringify(decoded)).not.toContain('null');
});
