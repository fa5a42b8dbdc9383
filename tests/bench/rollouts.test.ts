import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseTimeline } from '@online-inference/rollout';
import { ROOT } from '../kit/dist';
import { replacedSeconds } from './rollouts';

const file = path.join(ROOT, 'docs/evidence/kubernetes-1.27/5a-blue-green.recorded.json');
const timeline = parseTimeline(readFileSync(file, 'utf8'));

test('pods are replaced once new pods alone are left, even if old ones still terminate', () => {
  const replaced = replacedSeconds(timeline);
  const sample = timeline.samples.find(({ at }) => at === replaced);
  expect(sample?.old).toMatchObject({ total: 0, terminating: 3 });
});

test('replacedSeconds rejects a rollout that never completes', () => {
  const begun = { ...timeline, samples: timeline.samples.slice(0, 3) };
  expect(() => replacedSeconds(begun)).toThrow('never replaced all old pods');
});
