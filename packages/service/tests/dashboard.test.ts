import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parser } from '@prometheus-io/lezer-promql';
import { dashboard } from '../dashboards/dashboard';
import { ASKED } from '../dashboards/promql';
import { madeUp } from './made-up';
import { PATIENT } from './service';

const file = readFileSync(join(__dirname, '..', 'dashboards', 'online-inference.json'), 'utf8');
interface Target {
  readonly expr: string;
  readonly legendFormat: string;
}

interface Panel {
  readonly title: string;
  readonly targets?: readonly Target[];
  readonly gridPos: Readonly<Record<'x' | 'y' | 'w' | 'h', number>>;
}

const { panels } = JSON.parse(file) as { panels: readonly Panel[] };
const queries = panels.flatMap(({ title, targets = [] }) =>
  targets.map((target) => ({ panel: title, ...target })),
);

const PROBES = ['/livez', '/readyz', '/health', '/v2/health/live', '/v2/health/ready'];

let text: string;
/** The labels of each metric that the service has, and of a summary's and histogram's parts. */
const metrics = new Map<string, Set<string>>();
beforeAll(async () => {
  const app = await madeUp();
  await app.post('/predict', PATIENT);
  await Promise.all(PROBES.map((path) => app.request(path)));
  text = await (await fetch(`http://127.0.0.1:${app.port}/metrics`)).text();
  await app.close();
  for (const [, name = '', labels = ''] of text.matchAll(/^(\w+)(?:\{(.*)\})? \S+$/gm)) {
    const known = metrics.get(name) ?? new Set();
    [...labels.matchAll(/(\w+)="/g)].forEach(([, label = '']) => known.add(label));
    metrics.set(name, known);
  }
});

/** Added by a scrape in Kubernetes. @see https://prometheus.io/docs/concepts/jobs_instances/ */
const OF_SCRAPES = ['job', 'instance', 'namespace', 'pod'];

/** The texts that a kind of node of Prometheus' grammar has in an expression. */
function found(expr: string, kind: string, within = parser.parse(expr).topNode): string[] {
  const texts: string[] = [];
  within.cursor().iterate(({ name, type, from, to }) => {
    if (kind === 'error' ? type.isError : name === kind) {
      texts.push(expr.slice(from, to));
    }
  });
  return texts;
}

const runnable = (expr: string) => expr.replaceAll('$__rate_interval', '5m');

test('the committed dashboard is the one that its source makes: npm run dashboard', () => {
  expect(file).toBe(`${JSON.stringify(dashboard(), undefined, 2)}\n`);
  expect(queries.length).toBeGreaterThan(20);
});

test('what is no PromQL is found to be none', () => {
  expect(found('sum by (rate(x[5m])', 'error')).not.toEqual([]);
});

test.each(queries)('$panel: the expression is PromQL', ({ expr }) => {
  expect(found(runnable(expr), 'error')).toEqual([]);
  expect(found(runnable(expr), 'VectorSelector')).not.toEqual([]);
});

test.each(queries)('$panel: the service has each metric, and the metric each label', ({ expr }) => {
  for (const selector of found(runnable(expr), 'VectorSelector')) {
    const [name = ''] = found(selector, 'Identifier');
    expect([...metrics.keys()]).toContain(name);
    expect([...(metrics.get(name) ?? []), ...OF_SCRAPES]).toEqual(
      expect.arrayContaining(found(selector, 'LabelName')),
    );
  }
});

test.each(queries)(
  '$panel: it groups by labels that its metrics have, and its legend names those',
  (query) => {
    const expr = runnable(query.expr);
    const names = found(expr, 'VectorSelector').flatMap((selector) => found(selector, 'Identifier'));
    const labels = [...names.flatMap((name) => [...(metrics.get(name) ?? [])]), ...OF_SCRAPES];
    const grouped = found(expr, 'GroupingLabels').flatMap((grouping) => grouping.match(/\w+/g) ?? []);
    expect(labels).toEqual(expect.arrayContaining(grouped));
    const told = [...query.legendFormat.matchAll(/\{\{(\w+)\}\}/g)].map(([, label]) => label);
    const outermost = /^(?:histogram_quantile\([\d.]+, )?(?:sum|count|max) by \(([^)]*)\)/.exec(
      query.expr,
    )?.[1];
    expect(outermost?.split(', ') ?? labels).toEqual(expect.arrayContaining(told));
  },
);

test('panels lie side by side, none over another', () => {
  const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
    Array.from({ length: w * h }, (_, cell) => `${x + (cell % w)} ${y + Math.floor(cell / w)}`),
  );
  expect(new Set(cells).size).toBe(cells.length);
  expect(Math.max(...panels.map(({ gridPos: { x, w } }) => x + w))).toBe(24);
});

test('probes are not counted as requests of clients, and predictions are', () => {
  const [, left = ''] = /^path!~"(.+)"$/.exec(ASKED) ?? [];
  const paths = [...text.matchAll(/^rest_server_requests_total\{.*path="([^"]+)"/gm)].map(([, path]) => path);
  expect(paths.sort()).toEqual([...PROBES, '/predict'].sort());
  expect(paths.filter((path = '') => !new RegExp(`^(?:${left})$`).test(path))).toEqual(['/predict']);
});
