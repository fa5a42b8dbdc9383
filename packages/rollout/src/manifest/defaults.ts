import { fieldsOf } from './decode.ts';
import { isObject, type Manifest } from './documents.ts';
import { parseQuantity } from './quantity.ts';

const ALL_MAY_READ = 0o644;

/** Booleans that are not stored when they are false; others differ from an absent one. */
const plainBooleans = [
  'stdin',
  'stdinOnce',
  'tty',
  'hostNetwork',
  'hostPID',
  'hostIPC',
  'readOnly',
  'paused',
];

/** Returns whether an image is pulled always by default. */
function isLatest(image: unknown): boolean {
  const [, tag] = /:([^/:@]+)$/.exec(String(image)) ?? [];
  return !String(image).includes('@') && (tag === undefined || tag === 'latest');
}

function serviceAccount({ serviceAccountName, serviceAccount: alias }: Manifest): Manifest {
  const name = serviceAccountName ?? alias;
  return name === undefined ? {} : { serviceAccountName: name, serviceAccount: name };
}

/** @see https://github.com/kubernetes/kubernetes/blob/v1.37.0/pkg/apis/apps/v1/defaults.go `SetDefaults_StatefulSet` */
const statefulSetStrategy = ({ type, rollingUpdate }: Manifest): Manifest => ({
  type: type ?? 'RollingUpdate',
  ...((type === undefined || rollingUpdate !== undefined) && {
    rollingUpdate: { partition: 0, ...Object(rollingUpdate) },
  }),
});

const rollingOf = (given: Manifest, limits: Manifest): Manifest =>
  (given['type'] ?? 'RollingUpdate') === 'RollingUpdate'
    ? { type: 'RollingUpdate', rollingUpdate: { ...limits, ...Object(given['rollingUpdate']) } }
    : {};

const mode = { defaultMode: ALL_MAY_READ };
const controller = { replicas: 1, minReadySeconds: 0 };

/**
 * The fields that the API server fills in, by type.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.37.0/pkg/apis/core/v1/defaults.go
 */
const defaultsOf: Readonly<Record<string, (given: Manifest) => Manifest>> = {
  DeploymentSpec: () => ({
    ...controller,
    revisionHistoryLimit: 10,
    progressDeadlineSeconds: 600,
    strategy: {},
  }),
  DeploymentStrategy: (given) => rollingOf(given, { maxSurge: '25%', maxUnavailable: '25%' }),
  ReplicaSetSpec: () => controller,
  StatefulSetSpec: () => ({
    ...controller,
    revisionHistoryLimit: 10,
    podManagementPolicy: 'OrderedReady',
    updateStrategy: {},
    persistentVolumeClaimRetentionPolicy: {},
  }),
  StatefulSetUpdateStrategy: statefulSetStrategy,
  StatefulSetPersistentVolumeClaimRetentionPolicy: () => ({ whenDeleted: 'Retain', whenScaled: 'Retain' }),
  PersistentVolumeClaim: () => ({
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    status: { phase: 'Pending' },
  }),
  PersistentVolumeClaimSpec: () => ({ volumeMode: 'Filesystem' }),
  DaemonSetSpec: () => ({ minReadySeconds: 0, revisionHistoryLimit: 10, updateStrategy: {} }),
  DaemonSetUpdateStrategy: (given) => rollingOf(given, { maxSurge: 0, maxUnavailable: 1 }),
  PodSpec: (given) => ({
    restartPolicy: 'Always',
    dnsPolicy: 'ClusterFirst',
    schedulerName: 'default-scheduler',
    terminationGracePeriodSeconds: 30,
    securityContext: {},
    ...serviceAccount(given),
  }),
  Container: ({ image }) => ({
    imagePullPolicy: isLatest(image) ? 'Always' : 'IfNotPresent',
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
    resources: {},
  }),
  ContainerPort: () => ({ protocol: 'TCP' }),
  Probe: () => ({ timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 }),
  HTTPGetAction: () => ({ path: '/', scheme: 'HTTP' }),
  ObjectFieldSelector: () => ({ apiVersion: 'v1' }),
  SecretVolumeSource: () => mode,
  ConfigMapVolumeSource: () => mode,
  ProjectedVolumeSource: () => mode,
  DownwardAPIVolumeSource: () => mode,
  HostPathVolumeSource: () => ({ type: '' }),
  ServiceAccountTokenProjection: () => ({ expirationSeconds: 3600 }),
};

function canonicalQuantity(value: unknown): unknown {
  try {
    return parseQuantity(String(value), 'quantity');
  } catch {
    return value;
  }
}

const isEmpty = (value: object): boolean => Object.keys(value).length === 0;

function withoutAbsent(entries: readonly (readonly [string, unknown])[]): Manifest {
  return Object.fromEntries(
    entries.filter(([name, each]) => each !== undefined && !(each === false && plainBooleans.includes(name))),
  );
}

/**
 * Returns a value as the API server stores it: with its defaults, and without empty lists and maps. Two manifests
 * that become equal by this are no change.
 *
 * @param type an API type, such as `Deployment` or `[]Container`
 */
export function withDefaults(type: string, value: unknown): unknown {
  if (value === null || value === undefined) return undefined;
  if (type === 'Quantity') return canonicalQuantity(value);
  const [, item] = /^\[\](.*)$/.exec(type) ?? [];
  if (item !== undefined && Array.isArray(value)) {
    return value.length === 0 ? undefined : value.map((each: unknown) => withDefaults(item, each) ?? each);
  }
  if (!isObject(value)) return value;
  const [, map] = /^map\[string\](.*)$/.exec(type) ?? [];
  if (map !== undefined) {
    if (isEmpty(value)) return undefined;
    return Object.fromEntries(
      Object.entries(value).map(([key, each]) => [key, withDefaults(map, each) ?? each]),
    );
  }
  const fields = fieldsOf(type);
  if (!fields) return value;
  const given = withoutAbsent(Object.entries(value).filter(([, each]) => each !== null));
  const filled = { ...given, ...defaultsThatMiss(type, given) };
  return withoutAbsent(
    Object.entries(filled).map(([name, each]) => [name, withDefaults(fields.get(name) ?? 'any', each)]),
  );
}

/** Strategies have defaults inside, which replace the given object. */
function defaultsThatMiss(type: string, given: Manifest): Manifest {
  const defaults = defaultsOf[type]?.(given) ?? {};
  if (type.endsWith('Strategy')) return defaults;
  return Object.fromEntries(Object.entries(defaults).filter(([name]) => given[name] === undefined));
}
