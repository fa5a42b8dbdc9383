import { forbidden, inRange, invalid, nonNegative, oneOf, required } from '../field-error.ts';
import { checkPort } from './formats.ts';
import type { LooseContainer, LooseProbe } from './loose.ts';

type Handler = Pick<LooseProbe, 'exec' | 'httpGet' | 'tcpSocket' | 'grpc'> & {
  readonly sleep?: { readonly seconds?: number };
};

/** Yields errors for the handler of a probe or hook: exactly one. */
function* checkHandler(handler: Handler, path: string, graceSeconds: number): Generator<string> {
  const { exec, httpGet, tcpSocket, grpc, sleep } = handler;
  const given = Object.entries({ exec, httpGet, tcpSocket, grpc, sleep }).filter(
    ([, value]) => value !== undefined,
  );
  if (given.length === 0) yield required(path, 'must specify a handler type');
  for (const [name] of given.slice(1))
    yield forbidden(`${path}.${name}`, 'may not specify more than 1 handler type');
  const [first] = given[0] ?? [];
  if (first === 'exec' && !exec?.command?.length) yield required(`${path}.exec.command`);
  if (first === 'httpGet') {
    yield* checkPort(`${path}.httpGet.port`, httpGet?.port);
    yield* oneOf(`${path}.httpGet.scheme`, httpGet?.scheme, ['HTTP', 'HTTPS']);
  }
  if (first === 'tcpSocket') yield* checkPort(`${path}.tcpSocket.port`, tcpSocket?.port);
  if (first === 'grpc') yield* inRange(`${path}.grpc.port`, grpc?.port ?? 0, 1, 65_535);
  const { seconds = 0 } = sleep ?? {};
  if (first === 'sleep' && (seconds < 0 || seconds > graceSeconds)) {
    const limits = `must be non-negative and less than terminationGracePeriodSeconds (${graceSeconds})`;
    yield invalid(`${path}.sleep`, seconds, limits);
  }
}

const times = [
  'initialDelaySeconds',
  'timeoutSeconds',
  'periodSeconds',
  'successThreshold',
  'failureThreshold',
] as const;

/** @see https://github.com/kubernetes/kubernetes/blob/v1.37.0/pkg/apis/core/validation/validation.go `validateProbe`, `validateLivenessProbe` */
function* checkProbe(probe: LooseProbe, path: string, kind: string, graceSeconds: number): Generator<string> {
  yield* checkHandler(probe, path, graceSeconds);
  for (const field of times) yield* nonNegative(`${path}.${field}`, probe[field]);
  const { terminationGracePeriodSeconds: grace, successThreshold } = probe;
  if (grace !== undefined && kind === 'readinessProbe') {
    yield invalid(`${path}.terminationGracePeriodSeconds`, grace, 'must not be set for readinessProbes');
  } else if (grace !== undefined && grace <= 0) {
    yield invalid(`${path}.terminationGracePeriodSeconds`, grace, 'must be greater than 0');
  }
  if (kind !== 'readinessProbe' && successThreshold && successThreshold !== 1) {
    yield invalid(`${path}.successThreshold`, successThreshold, 'must be 1');
  }
}

const hooks = ['postStart', 'preStop'] as const;
const probes = ['livenessProbe', 'readinessProbe', 'startupProbe'] as const;

/** Yields errors for the hooks and probes of a container. */
export function* checkHooksAndProbes(
  container: LooseContainer,
  path: string,
  graceSeconds: number,
): Generator<string> {
  for (const hook of hooks) {
    const handler = container.lifecycle?.[hook];
    if (handler) yield* checkHandler(handler, `${path}.lifecycle.${hook}`, graceSeconds);
  }
  for (const kind of probes) {
    const probe = container[kind];
    if (probe) yield* checkProbe(probe, `${path}.${kind}`, kind, graceSeconds);
  }
}

/** Yields errors for the hooks and probes of an init container that is not a sidecar. */
export function* forbidHooksAndProbes(container: LooseContainer, path: string): Generator<string> {
  for (const field of ['lifecycle', ...probes] as const) {
    if (container[field]) {
      yield forbidden(`${path}.${field}`, 'may not be set for init containers without restartPolicy=Always');
    }
  }
}
