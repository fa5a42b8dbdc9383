import { parse } from 'yaml';
import { InputError } from '../errors/input-error';
import type { Change } from '../timeline/workload';
import { setPath } from './path';
import type { Manifest } from './workload';

/** What is asked for at one time. */
export interface ChangeRequest {
  /** Seconds since the first change. @default 0 */
  readonly at?: number;
  /** `image` for the only container, or `container=image`. */
  readonly image?: string;
  readonly replicas?: number;
  /** `path=value`, the value in YAML. */
  readonly set?: readonly string[];
}

interface Container {
  readonly name?: unknown;
}

/** Fields that a manifest need not have, to be set all the same. */
const optional = [
  /^spec\.(replicas|minReadySeconds|progressDeadlineSeconds|paused|strategy)$/,
  /^spec\.strategy\.(type|rollingUpdate)$/,
  /^spec\.strategy\.rollingUpdate\.(maxSurge|maxUnavailable)$/,
  /^spec\.template\.metadata(\.(labels|annotations)(\..*)?)?$/,
  /^spec(\.template\.spec)?\.terminationGracePeriodSeconds$/,
  /\.containers\[\d+\]\.(resources|env|command|args|lifecycle|(startup|readiness|liveness)Probe)(\..*)?$/,
];
const known = (path: string): boolean => optional.some((pattern) => pattern.test(path));
const identity = /^(apiVersion|kind|metadata\.(name|namespace)|spec\.selector)(\W|$)/;

function containersPath({ kind }: Manifest): string {
  return kind === 'Pod' ? 'spec.containers' : 'spec.template.spec.containers';
}

function containersOf(manifest: Manifest): readonly Container[] {
  const found = containersPath(manifest)
    .split('.')
    .reduce<unknown>((node, key) => (node as Record<string, unknown> | undefined)?.[key], manifest);
  return Array.isArray(found) ? (found as Container[]) : [];
}

function withImage(manifest: Manifest, given: string): Manifest {
  const names = containersOf(manifest).map(({ name }) => String(name));
  const [, container, image] = /^(?:([^=]+)=)?(\S+)$/.exec(given) ?? [];
  if (image === undefined)
    throw new InputError(`--image ${JSON.stringify(given)}: expected image or container=image`);
  if (container === undefined && names.length > 1) {
    throw new InputError(
      `--image ${image}: which container? Use container=image with one of ${names.join(', ')}`,
    );
  }
  const index = container === undefined ? 0 : names.indexOf(container);
  if (index < 0) {
    throw new InputError(
      `--image ${given}: no container is named ${container ?? ''}, there are ${names.join(', ')}`,
    );
  }
  return setPath(manifest, `${containersPath(manifest)}[${index}].image`, image, known);
}

function withReplicas(manifest: Manifest, replicas: number): Manifest {
  if (manifest['kind'] === 'Pod') throw new InputError(`--replicas ${replicas}: a Pod has no replicas`);
  if (!Number.isInteger(replicas) || replicas < 0) {
    throw new InputError(`--replicas ${replicas}: expected a whole number from 0`);
  }
  return setPath(manifest, 'spec.replicas', replicas, known);
}

function setting(given: string): { path: string; value: unknown } {
  // a bracket may hold an equals sign of its own: containers[name=web].image=x
  const [, path, text] = /^((?:\[[^\]]*\]|[^=[])+)=(.*)$/s.exec(given) ?? [];
  if (path === undefined || text === undefined) {
    throw new InputError(`--set ${JSON.stringify(given)}: expected path=value`);
  }
  if (identity.test(path)) throw new InputError(`--set ${path}: a workload keeps its ${path}`);
  try {
    return { path, value: parse(text) as unknown };
  } catch {
    return { path, value: text };
  }
}

/**
 * A manifest after a change, and the change as a timeline tells it.
 *
 * @throws InputError for a change that cannot be made to this workload
 */
export function changed(manifest: Manifest, request: ChangeRequest): Changed {
  const { at = 0 } = request;
  try {
    return made(manifest, request);
  } catch (error) {
    if (at === 0 || !(error instanceof InputError)) throw error;
    throw new InputError(`--then at ${at} s: ${error.message}`);
  }
}

interface Changed {
  readonly manifest: Manifest;
  readonly change: Change;
}

function made(manifest: Manifest, request: ChangeRequest): Changed {
  const { at = 0, image, replicas, set = [] } = request;
  const settings = set.map(setting);
  let after = manifest;
  if (image !== undefined) after = withImage(after, image);
  if (replicas !== undefined) after = withReplicas(after, replicas);
  for (const { path, value } of settings) after = setPath(after, path, value, known);
  if (manifest['kind'] === 'Pod' && settings.some(({ path }) => !path.endsWith('].image'))) {
    throw new InputError(
      `--set ${settings[0]?.path ?? ''}: of a running Pod only a container's image can be changed`,
    );
  }
  const words = [
    ...(image === undefined ? [] : [`image ${image}`]),
    ...(replicas === undefined ? [] : [`replicas ${replicas}`]),
    ...settings.map(({ path, value }) => `${path} ${JSON.stringify(value)}`),
  ];
  const change: Change = {
    at,
    description: words.join(', ') || 'nothing',
    ...(image !== undefined && { image }),
    ...(replicas !== undefined && { replicas }),
    ...(settings.length > 0 && { set: settings }),
  };
  return { manifest: after, change };
}
