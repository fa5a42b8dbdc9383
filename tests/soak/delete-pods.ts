import { eventually } from '../kit/kubectl';
import { BONUS, bonus, podsOf } from './bonus';
import { alwaysReady, noneFailed } from './claims';
import { acted } from './phase';
import type { Phase, Scenario } from './scenario';
import { underLoad } from './under-load';

export const deletePods: Scenario = {
  id: 'delete-pods',
  title: '`kubectl delete pod`, each of the pods in turn',
  how: `\`dist/${BONUS}-service.yaml\`, the next pod deleted when the one before it was replaced and gone.`,
  observe: ({ ratePerSecond }) =>
    underLoad(bonus('delete', ratePerSecond), async (site) => {
      const phases: Phase[] = [];
      for (const { metadata } of await podsOf(site)) {
        const { name } = metadata;
        const phase = await acted(site, `deletion of ${name}`, async () => {
          await site.namespace.kubectl(['delete', 'pod', name, '--wait=false']);
          await eventually(`${name} is to go`, 30, async () =>
            (await podsOf(site)).every((pod) => pod.metadata.name !== name),
          );
        });
        phases.push(phase);
      }
      return phases;
    }),
  claims: (observed) => [noneFailed(observed), alwaysReady(observed.phases, 2)],
};
