import { madeUp } from './made-up';

interface Family {
  readonly name: string;
  readonly type: string;
  readonly help: string;
}

/** Kept as they are, because dashboards know them by these names. */
const KEPT = {
  // of prom-client: gauges that end as counters do
  suffix: ['nodejs_active_resources_total', 'nodejs_active_handles_total', 'nodejs_active_requests_total'],
  // of MLServer: seconds, and does not say so
  unit: ['model_infer_request_duration'],
};

let families: Family[];
beforeAll(async () => {
  const app = await madeUp();
  const text = await (await fetch(`http://127.0.0.1:${app.port}/metrics`)).text();
  await app.close();
  families = [...text.matchAll(/^# HELP (\S+) (.+)\n# TYPE \S+ (\w+)$/gm)].map(
    ([, name = '', help = '', type = '']) => ({ name, help, type }),
  );
});

/** @see https://github.com/prometheus/prometheus/tree/main/util/promlint */
test('names are as promtool wants them: counters end in _total, and nothing else does', () => {
  expect(families.length).toBeGreaterThan(35);
  const wrong = families.filter(({ name, type }) => name.endsWith('_total') !== (type === 'counter'));
  expect(wrong.map(({ name }) => name)).toEqual(KEPT.suffix);
});

test('times are in seconds and sizes in bytes, and names say so', () => {
  const timed = families.filter(({ name }) => /duration|lag|cpu|time/.test(name));
  const sized = families.filter(({ name }) => /memory|heap|size/.test(name));
  expect(timed.length).toBeGreaterThan(10);
  expect(sized.length).toBeGreaterThan(5);
  const wrong = [
    ...timed.filter(({ name }) => !/_seconds(_total)?$/.test(name)),
    ...sized.filter(({ name }) => !/_bytes(_total)?$/.test(name)),
  ];
  expect(wrong.map(({ name }) => name)).toEqual(KEPT.unit);
  expect(families.filter(({ name }) => /milli|micro|nano|kilo|mega|percent|_ms$/.test(name))).toEqual([]);
});

test('names are lower case, without a type in them, and each has a help text', () => {
  families.forEach(({ name, help }) => {
    expect(name).toMatch(/^[a-z][a-z0-9_]*$/);
    expect(name).not.toMatch(/_(counter|gauge|histogram|summary)(_|$)/);
    expect(name).not.toMatch(/_(bucket|sum|count)$/);
    expect(help).not.toBe('');
  });
});
