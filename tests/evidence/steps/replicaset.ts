import type { Timeline, Version } from '@online-inference/rollout';
import { distObject } from '../../kit/dist';
import { DEMO_IMAGE } from '../../kit/images';
import type { Namespace } from '../../kit/namespace';
import { terminal, type Scenario } from '../scenario';

const FILE = 'online-inference-replicaset';

const left = (timeline: Timeline, version: Version): number =>
  timeline.samples.at(-1)?.[version].total ?? NaN;
const ends = (old: number, now: number) => (timeline: Timeline) =>
  left(timeline, 'old') === old && left(timeline, 'new') === now;

async function deleteOne(namespace: Namespace): Promise<string> {
  const [pod] = await namespace.pods();
  return terminal(namespace, ['delete', 'pod', pod?.metadata.name ?? '', '--wait=false']);
}

/** Step 4: which versions run after the image changes while the replicas go down or up. */
export const replicaset: readonly Scenario[] = [
  {
    id: '4a-image-and-fewer-replicas',
    title: 'Step 4a: a new image and fewer replicas leave old pods only',
    manifest: () => distObject(FILE),
    changes: [{ image: DEMO_IMAGE, replicas: 1 }],
    expect: ['kept', 'no-outage'],
    claims: { '1 old pod and no new one': ends(1, 0) },
  },
  {
    id: '4b-image-and-more-replicas',
    title: 'Step 4b: a new image and more replicas add new pods beside the old',
    manifest: () => distObject(FILE),
    changes: [{ image: DEMO_IMAGE, replicas: 5 }],
    expect: ['mixed-end', 'no-outage'],
    claims: { '3 old pods and 2 new ones': ends(3, 2) },
  },
  {
    id: '4c-fewer-replicas-later',
    title: 'Step 4, later: fewer replicas again take the newest pods, which run the new image',
    manifest: () => distObject(FILE),
    changes: [
      { image: DEMO_IMAGE, replicas: 5 },
      { at: 45, replicas: 3 },
    ],
    expect: ['kept'],
    claims: { '3 old pods and no new one': ends(3, 0) },
  },
  {
    id: '4d-deleted-pod',
    title: 'Step 4, later: a pod that is deleted comes back with the new image',
    manifest: () => distObject(FILE),
    changes: [{ image: DEMO_IMAGE }],
    goOnFor: 45,
    during: { at: 5, act: deleteOne },
    expect: [],
    recordedClaims: { '2 old pods and 1 new one': ends(2, 1) },
  },
];
