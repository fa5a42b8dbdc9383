import { parse } from 'yaml';
import { InputError } from '../errors/input-error.ts';
import type { Change } from '../timeline/workload.ts';
import { setPath } from './path.ts';
import type { Manifest } from './workload.ts';

/** A change of a workload: any of a new image, a new number of replicas, and other fields. */
export interface ChangeRequest {
  /** When to make the change, in seconds since the first change. @default 0 */
  readonly at?: number;
  /** The new image: `image` for the only container, or `container=image`. @default no change */
  readonly image?: string | undefined;
  /** The new number of replicas, an integer from 0. @default no change */
  readonly replicas?: number | undefined;
  /** Other fields, each as `path=value` with the value in YAML. @default none */
  readonly set?: readonly string[] | undefined;
}

interface Container {
  readonly name?: unknown;
}

/** Fields that can be set although the manifest does not have them. */
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
      `--image ${image}: the workload has several containers, use container=image with one of ${names.join(', ')}`,
    );
  }
  const index = container === undefined ? 0 : names.indexOf(container);
  if (index < 0) {
    throw new InputError(
      `--image ${given}: no container is named ${container ?? ''}, expected one of ${names.join(', ')}`,
    );
  }
  return setPath(manifest, `${containersPath(manifest)}[${index}].image`, image, known);
}

function withReplicas(manifest: Manifest, replicas: number): Manifest {
  if (manifest['kind'] === 'Pod') throw new InputError(`--replicas ${replicas}: a Pod has no replicas`);
  if (!Number.isInteger(replicas) || replicas < 0) {
    throw new InputError(`--replicas ${replicas}: expected an integer from 0`);
  }
  return setPath(manifest, 'spec.replicas', replicas, known);
}

function setting(given: string): { path: string; value: unknown } {
  // brackets may contain an equals sign: containers[name=web].image=x
  const [, path, text] = /^((?:\[[^\]]*\]|[^=[])+)=(.*)$/s.exec(given) ?? [];
  if (path === undefined || text === undefined) {
    throw new InputError(`--set ${JSON.stringify(given)}: expected path=value`);
  }
  if (identity.test(path)) throw new InputError(`--set ${given}: a workload cannot change its ${path}`);
  try {
    return { path, value: parse(text) as unknown };
  } catch {
    return { path, value: text };
  }
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

function apply(manifest: Manifest, request: ChangeRequest): Changed {
  const { at = 0, image, replicas, set = [] } = request;
  const settings = set.map(setting);
  let after = manifest;
  if (image !== undefined) after = withImage(after, image);
  if (replicas !== undefined) after = withReplicas(after, replicas);
  for (const { path, value } of settings) after = setPath(after, path, value, known);
  const fixed = manifest['kind'] === 'Pod' && settings.find(({ path }) => !path.endsWith('].image'));
  if (fixed) {
    throw new InputError(`--set ${fixed.path}: only the image of a container can change in a running Pod`);
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
