import { buildId } from './build-id';
import { inCluster } from './client';
import { EXAMPLES, predictions, type Prediction } from './model';
import { appliedDist } from './namespace';

const namespace = appliedDist();

async function servicePods(): Promise<string[]> {
  const pods = await namespace.pods();
  return pods
    .filter((pod) => 'app.kubernetes.io/name' in pod.metadata.labels && !pod.metadata.deletionTimestamp)
    .map((pod) => pod.metadata.name);
}

function expectTheModelsAnswers(answers: readonly Prediction[]): void {
  expect(answers.map(({ label }) => label)).toEqual(EXAMPLES.map(({ label }) => label));
  answers.forEach(({ probability }, i) => {
    expect(probability).toBeCloseTo(EXAMPLES[i]?.probability ?? NaN, 5);
  });
}

test('every pod runs this build, and not an image of the same name from a registry', async () => {
  const pods = await servicePods();
  expect(pods.length).toBeGreaterThanOrEqual(15);
  const builds = await Promise.all(pods.map((pod) => namespace.ask<{ build: string }>(pod, '/')));
  expect(new Set(builds.map(({ build }) => build))).toEqual(new Set([buildId(), `${buildId()}-demo`]));
});

test('every pod predicts what the model does', async () => {
  for (const pod of await servicePods()) {
    expectTheModelsAnswers(await predictions(namespace, pod));
  }
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
