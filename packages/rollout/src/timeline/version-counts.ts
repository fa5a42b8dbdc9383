import type { Static, TInteger, TObject } from '@sinclair/typebox';
import { closed, count } from './schema-parts.ts';

type Fields = Record<'total' | 'ready' | 'available' | 'terminating', TInteger>;

/** Returns the schema of the counts of one version. */
export const countsOfVersion = (version: string): TObject<Fields> =>
  closed(
    `Pods of the ${version} version, counted as the controllers count them: a terminating pod is in no other count.`,
    {
      total: count('Pods that exist and are not terminating.'),
      ready: count('Pods whose Ready condition is True.'),
      available: count(
        'Pods that have been ready for minReadySeconds, counted from the lastTransitionTime of their Ready condition.',
      ),
      terminating: count('Pods that are marked for deletion and still exist.'),
    },
  );

/**
 * Pods of one version at one instant, as the controllers count them.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/api/v1/pod/util.go `IsPodAvailable`
 */
export type Counts = Static<ReturnType<typeof countsOfVersion>>;
