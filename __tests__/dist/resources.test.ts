import { podIn, pods } from '../support/dist';
import type { Container } from '../support/manifest';

const UNITS: Readonly<Record<string, number>> = { '': 1, m: 1e-3, Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30 };

/** A quantity in cores or bytes. */
function amount(quantity: string | undefined): number {
  const [, digits, unit = ''] = /^(\d+)([A-Za-z]*)$/.exec(quantity ?? '') ?? [];
  const factor = UNITS[unit];
  if (digits === undefined || factor === undefined) {
    throw new Error(`not a quantity that this test reads: ${String(quantity)}`);
  }
  return Number(digits) * factor;
}

const asking = pods.filter(({ file }) => file !== 'online-inference-pod.yaml');

function requested(resource: 'cpu' | 'memory', count: (pod: (typeof pods)[number]) => number): number {
  return asking.reduce((sum, placed) => {
    const each = placed.pod.spec.containers.map(({ resources }) => amount(resources?.requests?.[resource]));
    return sum + count(placed) * each.reduce((a, b) => a + b, 0);
  }, 0);
}

test('the simplest pod asks for nothing, and every workload from step 2a on does', () => {
  expect(podIn('online-inference-pod').spec.containers[0]).not.toHaveProperty('resources');
  expect(asking).toHaveLength(6);
});

test.each(asking)('$file: CPU and memory have requests and limits, and 0 < request <= limit', ({ pod }) => {
  const check = ({ resources }: Container) => {
    for (const resource of ['cpu', 'memory']) {
      const request = amount(resources?.requests?.[resource]);
      expect(request).toBeGreaterThan(0);
      expect(amount(resources?.limits?.[resource])).toBeGreaterThanOrEqual(request);
    }
  };
  pod.spec.containers.forEach(check);
  expect(pod.spec.containers).not.toHaveLength(0);
});

describe('all of dist/ at once, during one blue-green rollout', () => {
  const count = ({ file, replicas }: (typeof pods)[number]) =>
    file === 'online-inference-deployment-blue-green.yaml' ? 2 * replicas : replicas;
  const cpu = requested('cpu', count);
  const memory = requested('memory', count);

  test('is the pods that were counted', () => {
    expect(asking.map(count).sort((a, b) => a - b)).toEqual([1, 1, 3, 3, 3, 6]);
  });

  test(`asks for ${Math.round(cpu * 1000)}m CPU, which fits 2 cores`, () => {
    expect(cpu).toBeLessThanOrEqual(2);
  });

  test(`asks for ${memory / 2 ** 20}Mi, which fits 4 GiB`, () => {
    expect(memory).toBeLessThanOrEqual(4 * 2 ** 30);
  });
});
