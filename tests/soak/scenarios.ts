import { SERVICE_NAME } from '../../constructs/image';
import { distObjects, withEnvironment } from '../kit/dist';
import { DEMO_IMAGE, STEADY_IMAGE } from '../kit/images';
import { eventually } from '../kit/kubectl';
import { alwaysReady, bothAnswer, each, noneFailed } from './claims';
import { crash, drain, kill } from './disruptions';
import { bonus, BONUS_FILE, service, underLoad } from './site';
import type { Phase, Scenario } from './soak';

/** @param strategy name of the situation that each rollout must show */
function rollouts(strategy: 'blue-green' | 'rolling', file: string): Scenario {
  return {
    id: strategy,
    title: `Rollouts of a new image and back, ${strategy}`,
    how: `\`dist/${file}.yaml\` behind a Service. The image changes to ${DEMO_IMAGE} and back to ${STEADY_IMAGE}, each time as soon as the previous rollout has settled.`,
    observe: ({ rollouts: count, ratePerSecond, environment = {} }) => {
      const deployments = distObjects(file).map((object) => withEnvironment(object, environment));
      const name = deployments[0]?.metadata.name ?? file;
      const selector = deployments[0]?.spec?.selector?.matchLabels ?? {};
      return underLoad(
        {
          purpose: strategy,
          objects: [...deployments, service(name, selector)],
          workload: { kind: 'Deployment', name },
          service: name,
          ratePerSecond,
        },
        async (site) => {
          const phases: Phase[] = [];
          for (let number = 1; number <= count; number++) {
            const image = number % 2 === 1 ? DEMO_IMAGE : STEADY_IMAGE;
            phases.push(await site.change(`rollout ${number}, to ${image}`, { image }));
          }
          return phases;
        },
      );
    },
    claims: (observed) => [
      noneFailed(observed),
      each(observed, strategy, `each rollout is ${strategy}`),
      each(observed, 'replaced', 'each rollout replaces every pod'),
      bothAnswer(observed),
    ],
  };
}

const scale: Scenario = {
  id: 'scale',
  title: 'Scaling from 3 pods to 1 and back to 3',
  how: `\`dist/${BONUS_FILE}.yaml\` with its replicas changed.`,
  observe: ({ ratePerSecond }) =>
    underLoad(bonus('scale', ratePerSecond), async (site) => [
      await site.change('to 1 pod', { replicas: 1 }),
      await site.change('to 3 pods', { replicas: 3 }),
    ]),
  claims: (observed) => {
    const ends = observed.phases.map(({ timeline }) => timeline.samples.at(-1)?.old.ready ?? 0);
    return [
      noneFailed(observed),
      { claim: '1 pod is left, then 3', holds: ends.join() === '1,3', because: ends.join(', then ') },
    ];
  },
};

const deletePods: Scenario = {
  id: 'delete-pods',
  title: '`kubectl delete pod` for each pod in turn',
  how: `\`dist/${BONUS_FILE}.yaml\`. The next pod is deleted when the previous one has been replaced and is gone.`,
  observe: ({ ratePerSecond }) =>
    underLoad(bonus('delete', ratePerSecond), async (site) => {
      const phases: Phase[] = [];
      for (const { metadata } of await site.namespace.livingPods(SERVICE_NAME)) {
        const phase = await site.act(`deletion of ${metadata.name}`, async () => {
          await site.namespace.kubectl(['delete', 'pod', metadata.name, '--wait=false']);
          await eventually(`${metadata.name} is terminating`, 30, async () => {
            const living = await site.namespace.livingPods(SERVICE_NAME);
            return living.every((pod) => pod.metadata.name !== metadata.name);
          });
        });
        phases.push(phase);
      }
      return phases;
    }),
  claims: (observed) => [noneFailed(observed), alwaysReady(observed.phases, 2)],
};

/** Observed at the same time: they take longest, and mostly wait. */
export const together: readonly Scenario[] = [
  rollouts('blue-green', 'online-inference-deployment-blue-green'),
  rollouts('rolling', 'online-inference-deployment-rolling-update'),
];

/** Observed one after another. */
export const inTurn: readonly Scenario[] = [scale, deletePods, drain, kill, crash];

export const scenarios: readonly Scenario[] = [...together, ...inTurn];
