import { bothAnswer, each, noneFailed } from './claims';
import { committed, DEMO_IMAGE, selectorOf, service, STEADY_IMAGE, withEnvironment } from './manifests';
import { changed } from './phase';
import type { Phase, Scenario } from './scenario';
import { underLoad } from './under-load';

/** A strategy's name, which is the situation that each of its rollouts must show, and its file in `dist/`. */
function rollouts(strategy: 'blue-green' | 'rolling', file: string): Scenario {
  return {
    id: strategy,
    title: `Rollouts of a new image and back, ${strategy}`,
    how: `\`dist/${file}.yaml\` behind a Service, its image changed to ${DEMO_IMAGE} and back to ${STEADY_IMAGE} in turn, each time as soon as the rollout before it had settled.`,
    observe: ({ rollouts: count, ratePerSecond, environment = {} }) => {
      const deployments = committed(file);
      const [deployment] = deployments;
      const name = deployment?.metadata.name ?? file;
      return underLoad(
        {
          purpose: strategy,
          objects: deployments.flatMap((object) => [
            withEnvironment(object, environment),
            service(name, selectorOf(object)),
          ]),
          workload: { kind: 'Deployment', name },
          service: name,
          ratePerSecond,
        },
        async (site) => {
          const phases: Phase[] = [];
          for (let number = 1; number <= count; number++) {
            const image = number % 2 === 1 ? DEMO_IMAGE : STEADY_IMAGE;
            phases.push(await changed(site, `rollout ${number}, to ${image}`, { image }));
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

export const blueGreen = rollouts('blue-green', 'online-inference-deployment-blue-green');
export const rolling = rollouts('rolling', 'online-inference-deployment-rolling-update');
