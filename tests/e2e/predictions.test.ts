import { buildId } from '../../scripts/build-id';
import { inCluster } from '../kit/client';
import { EXAMPLES, predictions, type Prediction } from './model';
import { appliedDist, isReady } from '../kit/namespace';

const namespace = appliedDist();

/** 15 pods serve; other tests delete up to three of them at a time. */
const LEAST_PODS = 12;

async function servicePods(): Promise<string[]> {
  const pods = await namespace.pods();
  return pods
    .filter((pod) => 'app.kubernetes.io/name' in pod.metadata.labels)
    .filter((pod) => isReady(pod) && !pod.metadata.deletionTimestamp)
    .map((pod) => pod.metadata.name);
}

/** What each pod answers, but for those that another test has deleted meanwhile. */
async function ofEveryPod<Answer>(ask: (pod: string) => Promise<Answer>): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (const pod of await servicePods()) {
    try {
      answers.push(await ask(pod));
    } catch (error) {
      if ((await servicePods()).includes(pod)) {
        throw error;
      }
    }
  }
  expect(answers.length).toBeGreaterThanOrEqual(LEAST_PODS);
  return answers;
}

function expectTheModelsAnswers(answers: readonly Prediction[]): void {
  expect(answers.map(({ label }) => label)).toEqual(EXAMPLES.map(({ label }) => label));
  answers.forEach(({ probability }, i) => {
    expect(probability).toBeCloseTo(EXAMPLES[i]?.probability ?? NaN, 5);
  });
}

test('every pod runs this build, and not an image of the same name from a registry', async () => {
  const builds = await ofEveryPod((pod) => namespace.ask<{ build: string }>(pod, '/'));
  expect(new Set(builds.map(({ build }) => build))).toEqual(new Set([buildId(), `${buildId()}-demo`]));
});

test('every pod predicts what the model does', async () => {
  const answers = await ofEveryPod((pod) => predictions(namespace, pod));
  answers.forEach(expectTheModelsAnswers);
});

test('the Service predicts what the model does, for a client in the cluster', async () => {
  const patients = JSON.stringify(EXAMPLES.map(({ patient }) => patient));
  const answers = await inCluster<Prediction[]>(
    namespace,
    'prediction-client',
    `const answer = await fetch('http://online-inference/predict', {
       method: 'POST',
       headers: { 'content-type': 'application/json' },
       body: ${JSON.stringify(patients)},
     });
     console.log(await answer.text());`,
  );
  expectTheModelsAnswers(answers);
});
