import examples from '@online-inference/service/model/examples.json';
import { buildId } from '../../scripts/build-id';
import { predict } from '../kit/load/questions';
import { isReady } from '../kit/namespace';
import { appliedDist } from './applied-dist';

const namespace = appliedDist();

/** 15 pods serve; other tests delete up to three of them at a time. */
const LEAST_PODS = 12;

async function servicePods(): Promise<string[]> {
  return (await namespace.livingPods())
    .filter((pod) => 'app.kubernetes.io/name' in pod.metadata.labels && isReady(pod))
    .map((pod) => pod.metadata.name);
}

/** Asks every pod, and skips a pod that another test deletes meanwhile. */
async function askEveryPod<Answer>(ask: (pod: string) => Promise<Answer>): Promise<Answer[]> {
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

test('every pod runs this build, not an image of the same name from a registry', async () => {
  const builds = await askEveryPod((pod) => namespace.ask<{ build: string }>(pod, '/'));
  expect(new Set(builds.map(({ build }) => build))).toEqual(new Set([buildId(), `${buildId()}-demo`]));
});

test('every pod predicts like the model', async () => {
  await askEveryPod(async (pod) => {
    for (const { path = '/', check } of examples.slice(0, 8).map(predict)) {
      check(await namespace.ask(pod, path));
    }
  });
});
