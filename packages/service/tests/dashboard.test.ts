import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parser } from '@prometheus-io/lezer-promql';
import { dashboard } from '../dashboards/dashboard';
import { CLIENT_REQUESTS } from '../dashboards/promql';
import { serviceWithFakeModel } from './support/fake-model';
import { PATIENT } from './support/service';

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
/** Labels of each metric of the service, including the parts of summaries and histograms. */
const metrics = new Map<string, Set<string>>();
beforeAll(async () => {
  const app = await serviceWithFakeModel();
  await app.post('/predict', PATIENT);
  await Promise.all(PROBES.map((path) => app.request(path)));
  text = await app.metrics();
  await app.close();
  for (const [, name = '', labels = ''] of text.matchAll(/^(\w+)(?:\{(.*)\})? \S+$/gm)) {
    const known = metrics.get(name) ?? new Set();
    [...labels.matchAll(/(\w+)="/g)].forEach(([, label = '']) => known.add(label));
    metrics.set(name, known);
  }
});

/** Labels that a scrape in Kubernetes adds. @see https://prometheus.io/docs/concepts/jobs_instances/ */
const SCRAPE_LABELS = ['job', 'instance', 'namespace', 'pod'];

/** Returns the source of all nodes of one kind in an expression. */
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

test('the committed dashboard matches its source (npm run dashboard)', () => {
  expect(file).toBe(`${JSON.stringify(dashboard(), undefined, 2)}\n`);
  expect(queries.length).toBeGreaterThan(20);
});

test('the parser finds invalid PromQL', () => {
  expect(found('sum by (rate(x[5m])', 'error')).not.toEqual([]);
});

test.each(queries)('$panel: the expression is valid PromQL', ({ expr }) => {
  expect(found(runnable(expr), 'error')).toEqual([]);
  expect(found(runnable(expr), 'VectorSelector')).not.toEqual([]);
});

test.each(queries)('$panel: every metric and label exists', ({ expr }) => {
  for (const selector of found(runnable(expr), 'VectorSelector')) {
    const [name = ''] = found(selector, 'Identifier');
    expect([...metrics.keys()]).toContain(name);
    expect([...(metrics.get(name) ?? []), ...SCRAPE_LABELS]).toEqual(
      expect.arrayContaining(found(selector, 'LabelName')),
    );
  }
});

test.each(queries)('$panel: groups by existing labels, and the legend names them', (query) => {
  const expr = runnable(query.expr);
  const names = found(expr, 'VectorSelector').flatMap((selector) => found(selector, 'Identifier'));
  const labels = [...names.flatMap((name) => [...(metrics.get(name) ?? [])]), ...SCRAPE_LABELS];
  const grouped = found(expr, 'GroupingLabels').flatMap((grouping) => grouping.match(/\w+/g) ?? []);
  expect(labels).toEqual(expect.arrayContaining(grouped));
  const named = [...query.legendFormat.matchAll(/\{\{(\w+)\}\}/g)].map(([, label]) => label);
  const outermost = /^(?:histogram_quantile\([\d.]+, )?(?:sum|count|max) by \(([^)]*)\)/.exec(
    query.expr,
  )?.[1];
  expect(outermost?.split(', ') ?? labels).toEqual(expect.arrayContaining(named));
});

test('panels do not overlap and fill the width', () => {
  const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
    Array.from({ length: w * h }, (_, cell) => `${x + (cell % w)} ${y + Math.floor(cell / w)}`),
  );
  expect(new Set(cells).size).toBe(cells.length);
  expect(Math.max(...panels.map(({ gridPos: { x, w } }) => x + w))).toBe(24);
});

test('the filter of client requests excludes probes and includes predictions', () => {
  const [, excluded = ''] = /^path!~"(.+)"$/.exec(CLIENT_REQUESTS) ?? [];
  const paths = [...text.matchAll(/^rest_server_requests_total\{.*path="([^"]+)"/gm)].map(([, path]) => path);
  expect(paths.sort()).toEqual([...PROBES, '/predict'].sort());
  expect(paths.filter((path = '') => !new RegExp(`^(?:${excluded})$`).test(path))).toEqual(['/predict']);
});
