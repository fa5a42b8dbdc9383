import { distObject } from '../../kit/dist';
import { DEMO_IMAGE } from '../../kit/images';
import { terminal, type Scenario } from '../scenario';

const image = DEMO_IMAGE;
const bothAnswer: Scenario['claims'] = {
  'both versions answer in the same second': ({ load }) =>
    load?.seconds.some(({ answered }) => (answered['old'] ?? 0) > 0 && (answered['new'] ?? 0) > 0) ?? false,
};

/** Steps 5a and 5b, and two other strategies to compare their costs. */
export const deployments: readonly Scenario[] = [
  {
    id: '5a-blue-green',
    title: 'Step 5a: a moment when all old and all new pods exist, all ready',
    manifest: () => distObject('online-inference-deployment-blue-green'),
    changes: [{ image }],
    during: { at: 40, act: (namespace) => terminal(namespace, ['get', 'pods', '--output=wide']) },
    expect: ['blue-green', 'no-outage', 'no-lost-requests', 'not-rolling', 'replaced'],
    claims: bothAnswer,
  },
  {
    id: '5b-rolling-update',
    title: 'Step 5b: old pods go down while new ones come up',
    manifest: () => distObject('online-inference-deployment-rolling-update'),
    changes: [{ image }],
    expect: ['rolling', 'no-outage', 'no-lost-requests', 'not-blue-green', 'replaced'],
    claims: bothAnswer,
  },
  {
    id: '5-surge-only',
    title: 'For comparison: maxSurge 1, maxUnavailable 0',
    manifest: () => distObject('online-inference-deployment-rolling-update'),
    changes: [{ image, set: ['spec.strategy.rollingUpdate.maxUnavailable=0'] }],
    expect: ['no-outage', 'no-lost-requests', 'full-strength', 'not-blue-green', 'replaced'],
  },
  {
    id: '5-recreate',
    title: 'For comparison: Recreate',
    manifest: () => distObject('online-inference-deployment-rolling-update'),
    changes: [{ image, set: ['spec.strategy={type: Recreate}'] }],
    expect: ['recreate', 'not-no-outage', 'not-no-lost-requests', 'replaced'],
  },
];
