import { duplicate, inRange, invalid, notFound, oneOf, required } from '../field-error.ts';
import { checkPortName, checkRequiredLabel } from './formats.ts';
import type { LooseContainer, LoosePodSpec } from './loose.ts';
import { checkHooksAndProbes, forbidHooksAndProbes } from './probes.ts';
import { checkResources } from './resources.ts';
import { checkUsers } from './users.ts';

type Port = NonNullable<LooseContainer['ports']>[number];
type EnvVar = NonNullable<LooseContainer['env']>[number];

function* checkPorts(ports: readonly Port[], path: string): Generator<string> {
  const names = new Set<string>();
  for (const [index, { name = '', containerPort = 0, hostPort = 0, protocol }] of ports.entries()) {
    const own = `${path}[${index}]`;
    if (name !== '') yield* checkPortName(`${own}.name`, name);
    if (name !== '' && names.has(name)) yield duplicate(`${own}.name`, name);
    names.add(name);
    if (containerPort === 0) yield required(`${own}.containerPort`);
    else yield* inRange(`${own}.containerPort`, containerPort, 1, 65_535);
    if (hostPort !== 0) yield* inRange(`${own}.hostPort`, hostPort, 1, 65_535);
    yield* oneOf(`${own}.protocol`, protocol, ['SCTP', 'TCP', 'UDP']);
  }
}

const sources = ['fieldRef', 'resourceFieldRef', 'configMapKeyRef', 'secretKeyRef', 'fileKeyRef'] as const;

function* checkEnv(env: readonly EnvVar[], path: string): Generator<string> {
  for (const [index, { name = '', value, valueFrom }] of env.entries()) {
    const own = `${path}[${index}]`;
    if (name === '') yield required(`${own}.name`);
    else if (!/^[ -<>-~]+$/.test(name)) {
      const allowed = "printable ASCII characters other than '='";
      yield invalid(`${own}.name`, name, `a valid environment variable name must consist only of ${allowed}`);
    }
    if (!valueFrom) continue;
    const given = sources.filter((source) => valueFrom[source]);
    const from = `${own}.valueFrom`;
    if (given.length === 0) {
      yield invalid(
        from,
        '',
        `must specify one of: \`${sources.slice(0, -1).join('`, `')}\` or \`fileKeyRef\``,
      );
    } else if (value) yield invalid(from, '', 'may not be specified when `value` is not empty');
    else if (given.length > 1)
      yield invalid(from, '', 'may not have more than one field specified at a time');
    for (const source of ['configMapKeyRef', 'secretKeyRef'] as const) {
      if (valueFrom[source] && !valueFrom[source].key) yield required(`${from}.${source}.key`);
    }
  }
}

function* checkEnvFrom({ envFrom = [] }: LooseContainer, path: string): Generator<string> {
  for (const [index, { configMapRef, secretRef }] of envFrom.entries()) {
    if (!configMapRef && !secretRef)
      yield invalid(path, '', 'must specify one of: `configMapRef` or `secretRef`');
    if (configMapRef && secretRef)
      yield invalid(path, '', 'may not have more than one field specified at a time');
    if (configMapRef && !configMapRef.name) yield required(`${path}[${index}].configMapRef.name`);
    if (secretRef && !secretRef.name) yield required(`${path}[${index}].secretRef.name`);
  }
}

function* checkMounts(
  container: LooseContainer,
  volumes: ReadonlySet<string>,
  path: string,
): Generator<string> {
  const paths = new Set<string>();
  for (const [index, { name = '', mountPath = '' }] of (container.volumeMounts ?? []).entries()) {
    const own = `${path}[${index}]`;
    if (!volumes.has(name)) yield notFound(`${own}.name`, name);
    if (mountPath === '') yield required(`${own}.mountPath`);
    if (paths.has(mountPath)) yield invalid(`${own}.mountPath`, mountPath, 'must be unique');
    paths.add(mountPath);
  }
}

/** Newer clusters accept all three for any container (KEP-5307), older ones only `Always` for an init container. */
const restartPolicies = ['Always', 'Never', 'OnFailure'];

function* checkRestarts(
  { restartPolicy, restartPolicyRules }: LooseContainer,
  path: string,
): Generator<string> {
  yield* oneOf(`${path}.restartPolicy`, restartPolicy, restartPolicies);
  if (restartPolicyRules?.length && !restartPolicy) {
    yield required(`${path}.restartPolicy`, 'must specify restartPolicy when restart rules are used');
  }
}

/** @see https://github.com/kubernetes/kubernetes/blob/v1.37.0/pkg/apis/core/validation/validation.go `validateContainerCommon` */
function* checkContainer(
  container: LooseContainer,
  volumes: ReadonlySet<string>,
  path: string,
): Generator<string> {
  yield* checkRequiredLabel(`${path}.name`, container.name);
  if (!container.image) yield required(`${path}.image`);
  yield* oneOf(`${path}.terminationMessagePolicy`, container.terminationMessagePolicy, [
    'File',
    'FallbackToLogsOnError',
  ]);
  yield* checkPorts(container.ports ?? [], `${path}.ports`);
  yield* checkEnv(container.env ?? [], `${path}.env`);
  yield* checkEnvFrom(container, `${path}.envFrom`);
  yield* checkMounts(container, volumes, `${path}.volumeMounts`);
  yield* oneOf(`${path}.imagePullPolicy`, container.imagePullPolicy, ['Always', 'IfNotPresent', 'Never']);
  yield* checkResources(container.resources ?? {}, `${path}.resources`);
  yield* checkRestarts(container, path);
  yield* checkUsers(container.securityContext, `${path}.securityContext`);
  const { privileged, allowPrivilegeEscalation } = container.securityContext ?? {};
  if (privileged && allowPrivilegeEscalation === false) {
    const detail = 'cannot set `allowPrivilegeEscalation` to false and `privileged` to true';
    yield invalid(`${path}.securityContext`, container.securityContext, detail);
  }
}

/** Containers run side by side, so a port of the host can be taken once. */
function* checkHostPorts(containers: readonly LooseContainer[], path: string): Generator<string> {
  const taken = new Set<string>();
  for (const [index, { ports = [] }] of containers.entries()) {
    for (const [portIndex, { hostPort = 0, hostIP = '', protocol }] of ports.entries()) {
      const port = `${protocol ?? 'TCP'}/${hostIP}/${hostPort}`;
      if (hostPort !== 0 && taken.has(port))
        yield duplicate(`${path}[${index}].ports[${portIndex}].hostPort`, port);
      taken.add(port);
    }
  }
}

/**
 * Yields errors for the containers and init containers of a pod.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.37.0/pkg/apis/core/validation/validation.go `validateContainers`, `validateInitContainers`
 */
export function* checkContainers(spec: LoosePodSpec, path: string, graceSeconds: number): Generator<string> {
  const { containers = [], initContainers = [] } = spec;
  const volumes = new Set((spec.volumes ?? []).map(({ name = '' }) => name));
  if (containers.length === 0) yield required(`${path}.containers`);
  const names = new Set<string>();
  for (const [list, each] of Object.entries({ containers, initContainers })) {
    for (const [index, container] of each.entries()) {
      const own = `${path}.${list}[${index}]`;
      yield* checkContainer(container, volumes, own);
      const { name = '' } = container;
      if (name !== '' && names.has(name)) yield duplicate(`${own}.name`, name);
      names.add(name);
      if (list === 'containers' || container.restartPolicy === 'Always') {
        yield* checkHooksAndProbes(container, own, graceSeconds);
      } else yield* forbidHooksAndProbes(container, own);
    }
  }
  yield* checkHostPorts(containers, `${path}.containers`);
}
