import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { predictOnce, type PredictOptions, type Timeline } from '../src/index.ts';

/** Predicts the change of a file of tests/inputs to the image v2. */
export function predictInput(name: string, options: PredictOptions = {}): Timeline {
  const file = join(__dirname, 'inputs', `${name}.yaml`);
  return predictOnce(readFileSync(file, 'utf8'), { image: 'example.org/it:v2', ...options });
}

/** Returns the state of each pod of a version at the end, with its reason. */
export const endStates = ({ pods }: Timeline, version: string): string[] =>
  pods
    .filter((lane) => lane.version === version)
    .map(({ states }) => states.at(-1))
    .filter((last) => last?.state !== 'gone')
    .map((last) => [last?.state, last?.reason].filter(Boolean).join(' '));

/** Returns the messages of the events of a reason. */
export const messagesOf = ({ events = [] }: Timeline, reason: string): string[] =>
  events.filter((event) => event.reason === reason).map(({ message }) => message);

/** Returns what a prediction leaves out, as one text. */
export const leftOut = ({ prediction }: Timeline): string => (prediction?.notModelled ?? []).join('\n');

/** Returns the number of ready pods on each node at the end, most first. */
export function podsByNode({ pods }: Timeline): number[] {
  const counts = new Map<string | undefined, number>();
  for (const { node, states } of pods) {
    if (states.at(-1)?.state === 'ready') counts.set(node, (counts.get(node) ?? 0) + 1);
  }
  return [...counts.values()].sort((a, b) => b - a);
}
