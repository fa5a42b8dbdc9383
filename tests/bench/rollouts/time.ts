import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseTimeline, predict, type Timeline } from '@online-inference/rollout';
import { committed } from '../../evidence/manifests';
import { DEMO_IMAGE, STEADY_START_SECONDS, STEADY_TO_DEMO } from '../../evidence/scenario';
import { ROOT } from '../frame/peers';
import type { Comparison, Row } from '../frame/topic';
import { leastSeconds, replacedSeconds, type Needs } from './least-time';

export const RECORDED = 'recorded on 1.27 and 1.35';
export const LEAST = 'the least possible';
const SEEDS = 10;

interface Strategy {
  readonly id: string;
  readonly title: string;
  /** Of its file in `dist/`. */
  readonly manifest: string;
}

export const STRATEGIES: readonly Strategy[] = [
  {
    id: '5a-blue-green',
    title: 'Blue-green, 3 pods in one wave',
    manifest: 'online-inference-deployment-blue-green',
  },
  {
    id: '5b-rolling-update',
    title: 'Rolling update, 3 pods in two waves',
    manifest: 'online-inference-deployment-rolling-update',
  },
];

/** The readiness probe's period, and what the demo image waits before it answers. */
const LATE: Needs = { startDelay: 25, probePeriod: 1 };
const PROMPT: Needs = { startDelay: 0, probePeriod: 1 };

/** Each strategy's rollouts, predicted and recorded, against the least time that its settings allow. */
export function timeOfRollouts(): Comparison[] {
  return [
    ...STRATEGIES.map((strategy) => comparison(strategy, LATE, STEADY_TO_DEMO, recordings(strategy.id))),
    ...STRATEGIES.map((strategy) =>
      comparison(strategy, PROMPT, { ...STEADY_TO_DEMO, startDelay: STEADY_START_SECONDS }, []),
    ),
  ];
}

function comparison(
  { id, title, manifest }: Strategy,
  needs: Needs,
  behaviour: object,
  recorded: readonly Timeline[],
): Comparison {
  const late = needs.startDelay > 0;
  const predicted = Array.from({ length: SEEDS }, (_, seed) =>
    predict(committed(manifest), { image: DEMO_IMAGE, behaviour, seed: seed + 1, limit: 300 }),
  );
  const least = predicted.map((timeline) => leastSeconds(timeline, needs));
  return {
    id: late ? id : `${id}-prompt`,
    title: `${title}: ${late ? `an image that answers ${needs.startDelay} s after its start` : 'an image that answers at once'}`,
    measures: [
      {
        id: 'seconds',
        title: 'from the change until new pods alone are left, all available',
        unit: 's',
        better: 'lower',
      },
    ],
    base: LEAST,
    rows: [
      row(LEAST, least),
      row('predicted', predicted.map(replacedSeconds)),
      ...(recorded.length > 0 ? [row(RECORDED, recorded.map(replacedSeconds))] : []),
    ],
  };
}

const row = (name: string, seconds: readonly number[]): Row => ({
  name,
  ours: name !== LEAST,
  runs: seconds.map((value) => ({ seconds: value })),
});

function recordings(id: string): Timeline[] {
  return ['1.27', '1.35'].map((version) => {
    const file = path.join(ROOT, `docs/evidence/kubernetes-${version}/${id}.recorded.json`);
    return parseTimeline(readFileSync(file, 'utf8'), file);
  });
}
