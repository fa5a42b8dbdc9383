import { InputError } from '../errors/input-error.ts';
import type { Change } from '../timeline/workload.ts';
import { fieldHint, isField } from './field-path.ts';
import { partsOf } from './difference.ts';
import { isObject } from './documents.ts';
import { identity, refuseImmutable } from './immutable.ts';
import { setPath } from './path.ts';
import { containersOf, containersPath } from './pod-containers.ts';
import type { Manifest } from './workload.ts';
import { parseValue } from './yaml.ts';

/** A change of a workload: any of another manifest, a new image, a new number of replicas, and other fields. */
export interface ChangeRequest {
  /** When to make the change, in seconds since the first change. @default 0 */
  readonly at?: number;
  /** The workload after the change; the other fields are changes of it. @default no change */
  readonly manifest?: Manifest | undefined;
  /** The new image: `image` if all containers have the same one, or `container=image`. @default no change */
  readonly image?: string | undefined;
  /** The new number of replicas, an integer from 0. @default no change */
  readonly replicas?: number | undefined;
  /** Node that `kubectl drain` drains: `node-1`, or its number. @default none */
  readonly drainNode?: string | undefined;
  /** Other fields, each as `path=value` with the value in YAML. @default none */
  readonly set?: readonly string[] | undefined;
}

function withImage(manifest: Manifest, given: string): Manifest {
  const containers = containersOf(manifest);
  const names = containers.map(({ name }) => String(name)).join(', ');
  const [, container, image] = /^(?:([^=]+)=)?(\S+)$/.exec(given) ?? [];
  if (image === undefined)
    throw new InputError(`--image ${JSON.stringify(given)}: expected image or container=image`);
  if (container === undefined && new Set(containers.map((each) => each.image)).size > 1) {
    throw new InputError(
      `--image ${image}: the workload has several containers, use container=image with one of ${names}`,
    );
  }
  const chosen = containers.flatMap(({ name }, index) =>
    container === undefined || name === container ? [`${containersPath(manifest)}[${index}].image`] : [],
  );
  if (chosen.length === 0) {
    throw new InputError(
      `--image ${given}: no container is named ${container ?? ''}, expected one of ${names}`,
    );
  }
  return chosen.reduce((after, path) => withField(after, path, image), manifest);
}

function withReplicas(manifest: Manifest, replicas: number): Manifest {
  if (manifest['kind'] === 'Pod') throw new InputError(`--replicas ${replicas}: a Pod has no replicas`);
  if (manifest['kind'] === 'DaemonSet') {
    throw new InputError(
      `--replicas ${replicas}: a DaemonSet has one pod on each node, --capacity nodes=N says how many`,
    );
  }
  if (!Number.isInteger(replicas) || replicas < 0) {
    throw new InputError(`--replicas ${replicas}: expected an integer from 0`);
  }
  return withField(manifest, 'spec.replicas', replicas);
}

function setting(given: string): { path: string; value: unknown } {
  // brackets may contain an equals sign: containers[name=web].image=x
  const [, path, text] = /^((?:\[[^\]]*\]|[^=[])+)=(.*)$/s.exec(given) ?? [];
  if (path === undefined || text === undefined) {
    throw new InputError(`--set ${JSON.stringify(given)}: expected path=value`);
  }
  if (identity.test(path)) throw new InputError(`--set ${given}: a workload cannot change its ${path}`);
  return { path, value: parseValue(text) };
}

/** Sets a field that the workload has in Kubernetes, whether the manifest gives it or not. */
function withField(manifest: Manifest, path: string, value: unknown): Manifest {
  const kind = String(manifest['kind']);
  return setPath(
    { ...manifest },
    path,
    value,
    (field) => isField(kind, field),
    (holder, name) => fieldHint(kind, holder, name),
  );
}

interface Changed {
  readonly manifest: Manifest;
  readonly change: Change;
}

/**
 * Returns a copy of a manifest after a change, and the change as a timeline records it.
 *
 * @throws InputError for a change that this workload cannot have
 */
export function applyChange(manifest: Manifest, request: ChangeRequest): Changed {
  const { at = 0 } = request;
  try {
    return apply(manifest, request);
  } catch (error) {
    if (at === 0 || !(error instanceof InputError)) throw error;
    throw new InputError(`--then at ${at} s: ${error.message}`);
  }
}

const RESTARTED_AT = 'kubectl.kubernetes.io/restartedAt';

const objectAt = (node: Manifest, key: string): Manifest => (isObject(node[key]) ? node[key] : {});

const annotationsOf = (manifest: Manifest): Manifest =>
  objectAt(objectAt(objectAt(objectAt(manifest, 'spec'), 'template'), 'metadata'), 'annotations');

/** Keeps the annotation of `kubectl rollout restart`, which kubectl apply does not remove. */
function keepRestart(before: Manifest, after: Manifest): Manifest {
  const restartedAt = annotationsOf(before)[RESTARTED_AT];
  if (restartedAt === undefined || annotationsOf(after)[RESTARTED_AT] !== undefined) return after;
  const annotations = { ...annotationsOf(after), [RESTARTED_AT]: restartedAt };
  const spec = objectAt(after, 'spec');
  const template = objectAt(spec, 'template');
  const metadata = { ...objectAt(template, 'metadata'), annotations };
  return { ...after, spec: { ...spec, template: { ...template, metadata } } };
}

const MOST_LETTERS = 60;

/** Shows a value in the description of a change. */
function show(value: unknown): string {
  if (value === undefined) return 'removed';
  const json = JSON.stringify(value);
  return json.length > MOST_LETTERS ? `${json.slice(0, MOST_LETTERS)}…` : json;
}

/** Returns the name of a node to drain. @see https://kubernetes.io/docs/reference/kubectl/generated/kubectl_drain/ */
function nodeToDrain({ kind }: Manifest, given: string): string {
  const [, number] = /^(?:node-)?(\d+)$/.exec(given) ?? [];
  if (number === undefined)
    throw new InputError(`--drain-node ${given}: expected a number, or a name such as node-0`);
  const why = {
    Pod: 'kubectl drain does not evict a Pod without a controller (--force deletes it)',
    DaemonSet: 'kubectl drain leaves the pods of a DaemonSet on the node (--ignore-daemonsets)',
  }[String(kind)];
  if (why !== undefined) throw new InputError(`--drain-node ${given}: ${why}`);
  return `node-${number}`;
}

function apply(manifest: Manifest, request: ChangeRequest): Changed {
  const { at = 0, set = [] } = request;
  const next = request.manifest && keepRestart(manifest, request.manifest);
  const parts = next && partsOf(manifest, next);
  const { image = parts?.image, replicas = parts?.replicas } = request;
  const given = set.map(setting);
  const settings = [...(parts?.fields ?? []), ...given];
  refuseImmutable(
    manifest['kind'],
    settings.map(({ path }) => path),
  );
  let after = next ?? manifest;
  if (request.image !== undefined) after = withImage(after, request.image);
  if (request.replicas !== undefined) after = withReplicas(after, request.replicas);
  for (const { path, value } of given) after = withField(after, path, value);
  const fixed = manifest['kind'] === 'Pod' && settings.find(({ path }) => !path.endsWith('].image'));
  if (fixed) {
    throw new InputError(`--set ${fixed.path}: only the image of a container can change in a running Pod`);
  }
  const drainNode = request.drainNode === undefined ? undefined : nodeToDrain(manifest, request.drainNode);
  const words = [
    ...(image === undefined ? [] : [`image ${image}`]),
    ...(replicas === undefined ? [] : [`replicas ${replicas}`]),
    ...settings.map(({ path, value }) => `${path} ${show(value)}`),
    ...(drainNode === undefined ? [] : [`drain ${drainNode}`]),
  ];
  const change: Change = {
    at,
    description: words.join(', ') || 'nothing',
    ...(image !== undefined && { image }),
    ...(replicas !== undefined && { replicas }),
    ...(drainNode !== undefined && { drainNode }),
    ...(settings.length > 0 && { set: settings.map(({ path, value = null }) => ({ path, value })) }),
  };
  return { manifest: after, change };
}
