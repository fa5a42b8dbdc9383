import type { PodTemplate } from '../manifest/workload-spec.ts';
import { listed, podSpecOf, type Context } from './context.ts';

function inits({ after, initGiven }: Context, path: string): string[] {
  const names = after.template.initContainers.filter(({ sidecar }) => !sidecar).map(({ name }) => name);
  if (names.length === 0 || initGiven) return [];
  return [
    `${path}.initContainers (${listed(names)}): how long they run is not known, taken as 0 s; --init 5 gives the seconds of each`,
  ];
}

/** Returns what the containers do that is not modelled. */
export function containersNotModelled(context: Context): string[] {
  const { path } = podSpecOf(context);
  const hooks = ({ unknownHooks }: PodTemplate): string[] => unknownHooks.map((each) => `${path}.${each}`);
  return [...hooks(context.before.template), ...hooks(context.after.template), ...inits(context, path)];
}
