import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { check, parseTimeline, type Timeline } from '@online-inference/rollout';
import { ROOT } from '../kit/dist';
import { predictScenario } from './observe';
import { scenarios } from './steps';

const evidence = path.join(ROOT, 'docs/evidence');
const versions = readdirSync(evidence).filter((name) => name.startsWith('kubernetes-'));

function recordingOf(version: string, id: string): Timeline | undefined {
  const file = path.join(evidence, version, `${id}.recorded.json`);
  return existsSync(file) ? parseTimeline(readFileSync(file, 'utf8'), file) : undefined;
}

const loaded = scenarios.flatMap((scenario) =>
  versions.flatMap((version) => {
    const recorded = recordingOf(version, scenario.id);
    return recorded?.load ? [{ scenario, version, recorded, load: recorded.load }] : [];
  }),
);

/** Requests that a process that ends may take with it: those in flight. */
const IN_FLIGHT = 2;

test('every version has recordings with load', () => {
  for (const version of versions)
    expect(loaded.filter((each) => each.version === version).length).toBeGreaterThan(10);
});

describe.each(scenarios.map((scenario) => ({ id: scenario.id, scenario })))('$id', ({ id, scenario }) => {
  const predicted = predictScenario(scenario);
  const { load: predictedLoad } = predicted;

  test.each(loaded.filter((each) => each.scenario.id === id))(
    'as many requests fail as on $version',
    ({ recorded, load }) => {
      const tolerated = Math.max(5, 0.1 * load.failed);
      expect(Math.abs((predictedLoad?.failed ?? NaN) - load.failed)).toBeLessThanOrEqual(tolerated);
      const { median = NaN } = predicted.prediction?.failedRequests ?? {};
      expect(Math.abs(median - load.failed)).toBeLessThanOrEqual(tolerated);

      const ended = recorded.pods.reduce((sum, { restarts }) => sum + restarts, 0);
      if (load.failed > ended * IN_FLIGHT)
        expect(check(predicted, 'no-lost-requests').outcome).not.toBe('always');
      expect(check(predicted, 'no-outage').holds).toBe(check(recorded, 'no-outage').holds);
    },
  );
});
