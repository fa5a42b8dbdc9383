import { containersNotModelled } from './containers.ts';
import type { Context } from './context.ts';
import { documentsNotModelled } from './documents.ts';
import { runningNotModelled } from './running.ts';
import { schedulingNotModelled } from './scheduling.ts';
import { updateStrategyNotModelled } from './update-strategy.ts';

/**
 * Returns what the manifest and its other documents have that can decide a rollout and is not modelled, or depends on
 * what they do not say: one sentence each, with the path of the field first.
 */
export function notModelled(context: Context): string[] {
  const { kind } = context.after;
  return [
    ...new Set([
      ...containersNotModelled(context),
      // The containers of a bare Pod are replaced where they are.
      ...(kind === 'Pod' ? [] : schedulingNotModelled(context)),
      ...updateStrategyNotModelled(context),
      ...runningNotModelled(context),
      ...documentsNotModelled(context),
    ]),
  ];
}
