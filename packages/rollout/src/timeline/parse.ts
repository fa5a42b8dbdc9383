import { Value } from '@sinclair/typebox/value';
import { InputError } from '../errors/input-error.ts';
import { messageOf } from '../errors/reason.ts';
import { firstMismatch, formatValue } from '../errors/schema-error.ts';
import { Timeline, TIMELINE_API_VERSION } from './timeline.ts';

function outOfOrder(timeline: Timeline): string | undefined {
  const late = (list: readonly { at: number }[]): number =>
    list.findIndex(({ at }, index) => at < (list[index - 1]?.at ?? -Infinity));
  const sample = late(timeline.samples);
  if (sample >= 0) return `/samples/${sample}/at is earlier than in the sample before it`;
  for (const [index, { states }] of timeline.pods.entries()) {
    const state = late(states);
    if (state >= 0) return `/pods/${index}/states/${state}/at is earlier than in the state before it`;
  }
  return undefined;
}

/** The version before the draws. A timeline of it is valid in this version: all that was added is optional. */
const API_VERSION_1 = 'rollout.online-inference/v1';

function upgrade(value: unknown): unknown {
  const { apiVersion } = Object(value) as { readonly apiVersion?: unknown };
  return apiVersion === API_VERSION_1 ? { ...Object(value), apiVersion: TIMELINE_API_VERSION } : value;
}

/** Returns the kind of a Kubernetes manifest that stands where a timeline is expected. */
function manifestKind(source: string, value: unknown): string | undefined {
  const { apiVersion, kind } = Object(value) as { readonly apiVersion?: unknown; readonly kind?: unknown };
  if (typeof kind === 'string' && typeof apiVersion === 'string' && kind !== 'Timeline') return kind;
  return value === undefined ? /^kind:\s*(\w+)/m.exec(source)?.[1] : undefined;
}

function refuseManifest(source: string, value: unknown, origin: string): void {
  const kind = manifestKind(source, value);
  if (kind === undefined) return;
  const file = origin === 'standard input' ? '-' : origin;
  throw new InputError(
    `${origin} is a manifest of a ${kind}, not a timeline; predict it first: rollout predict ${file} --image IMAGE -o plan.json`,
  );
}

/**
 * Reads a timeline from JSON, of this version of the format or of the one before.
 *
 * @param origin where the JSON came from, for error messages
 * @throws InputError with one line that says what is wrong, and where
 */
export function parseTimeline(json: string, origin = 'timeline'): Timeline {
  let value: unknown;
  try {
    value = upgrade(JSON.parse(json));
  } catch (error) {
    refuseManifest(json, undefined, origin);
    const why = json.trim() === '' ? 'it is empty' : messageOf(error).replace(/\s+/g, ' ');
    throw new InputError(`${origin} is not a timeline: not JSON, ${why}`);
  }
  if (Value.Check(Timeline, value)) {
    const disorder = outOfOrder(value);
    if (disorder) throw new InputError(`${origin} is not a timeline: ${disorder}`);
    return value;
  }
  if (Array.isArray(value)) {
    throw new InputError(
      `${origin} is a list, expected one timeline: rollout predict --name NAME writes that of one of several workloads`,
    );
  }
  refuseManifest(json, value, origin);
  const { apiVersion, kind } = Object(value) as Partial<Record<'apiVersion' | 'kind', unknown>>;
  if (apiVersion !== TIMELINE_API_VERSION || kind !== 'Timeline') {
    throw new InputError(
      `${origin} is not a timeline: apiVersion is ${formatValue(apiVersion)} and kind is ${formatValue(kind)}, expected ${TIMELINE_API_VERSION} and Timeline`,
    );
  }
  const { path, is, expected } = firstMismatch(Timeline, value);
  throw new InputError(`${origin} is not a timeline: ${path || '/'} is ${is}, expected ${expected}`);
}
