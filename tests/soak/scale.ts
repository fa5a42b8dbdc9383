import { noneFailed } from './claims';
import { BONUS, bonus } from './bonus';
import { changed } from './phase';
import type { Scenario } from './scenario';
import { underLoad } from './under-load';

export const scale: Scenario = {
  id: 'scale',
  title: 'Scaling from 3 pods to 1 and back to 3',
  how: `\`dist/${BONUS}-service.yaml\`, its replicas changed.`,
  observe: ({ ratePerSecond }) =>
    underLoad(bonus('scale', ratePerSecond), async (site) => [
      await changed(site, 'to 1 pod', { replicas: 1 }),
      await changed(site, 'to 3 pods', { replicas: 3 }),
    ]),
  claims: (observed) => {
    const ends = observed.phases.map(({ timeline }) => timeline.samples.at(-1)?.old.ready ?? 0);
    return [
      noneFailed(observed),
      { claim: '1 pod is left, and then 3', holds: ends.join() === '1,3', because: ends.join(', then ') },
    ];
  },
};
