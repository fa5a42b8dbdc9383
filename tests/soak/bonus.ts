import type { Pod } from '../kit/namespace';
import { committed } from './manifests';
import type { Setup, Site } from './under-load';

/** The bonus chart's name: of its Deployment, of its Service, and of the instance that labels its pods. */
export const BONUS = 'online-inference';

/** The bonus chart as committed, asked through its own Service. */
export function bonus(purpose: string, ratePerSecond: number): Setup {
  return {
    purpose,
    objects: committed('online-inference-service'),
    workload: { kind: 'Deployment', name: BONUS },
    service: BONUS,
    ratePerSecond,
  };
}

/** Its pods that are to stay. */
export async function podsOf({ namespace }: Site): Promise<readonly Pod[]> {
  return (await namespace.pods(BONUS)).filter(({ metadata }) => !metadata.deletionTimestamp);
}
