import examples from '../app/model/examples.json';
import { buildId } from './build-id';
import { inCluster } from './client';
import { appliedDist } from './namespace';

interface Prediction {
  readonly label: number;
  readonly probability: number;
}

const namespace = appliedDist();
const patients = examples.map(({ patient }) => patient);

function expectTheModelsAnswers(predictions: readonly Prediction[]): void {
  expect(predictions.map(({ label }) => label)).toEqual(examples.map(({ label }) => label));
  predictions.forEach(({ probability }, i) => {
    expect(probability).toBeCloseTo(examples[i]?.probability ?? NaN, 5);
  });
}

test('every pod runs this build, and not an image of the same name from a registry', async () => {
  const pods = (await namespace.pods()).filter((pod) => 'app.kubernetes.io/name' in pod.metadata.labels);
  expect(pods.length).toBe(15);
  const builds = await Promise.all(
    pods.map(({ metadata }) => namespace.request<{ build: string }>(metadata.name, '/')),
  );
  expect(new Set(builds.map(({ build }) => build))).toEqual(new Set([buildId()]));
});

test('every pod predicts what the model does', async () => {
  const pods = (await namespace.pods()).filter((pod) => 'app.kubernetes.io/name' in pod.metadata.labels);
  for (const { metadata } of pods) {
    expectTheModelsAnswers(await namespace.request<Prediction[]>(metadata.name, '/predict', patients));
  }
});

test('the Service predicts what the model does, for a client in the cluster', async () => {
  const predictions = await inCluster<Prediction[]>(
    namespace,
    'prediction-client',
    `const answer = await fetch('http://online-inference/predict', {
       method: 'POST',
       headers: { 'content-type': 'application/json' },
       body: ${JSON.stringify(JSON.stringify(patients))},
     });
     console.log(await answer.text());`,
  );
  expectTheModelsAnswers(predictions);
});
