import { Type } from '@sinclair/typebox';
import { ApiObject, Chart, Duration, Size, SizeRoundingBehavior, type App } from 'cdk8s';
import { ConfigMap, Deployment } from 'cdk8s-plus-27';
import { releaseValues, withDefault, type Release, type ValuesOf } from '@online-inference/cdk8s-helm';
import { chartOf } from './chart-of';

const values = Type.Object({
  ...releaseValues,
  seconds: Type.Integer({ default: 1, minimum: 0, maximum: 60, description: 'a number' }),
  label: Type.String({ default: 'a', description: 'a text' }),
  labels: Type.Record(Type.String(), Type.String(), { default: {}, description: 'a map' }),
});

type Values = ValuesOf<typeof values>;

function render(data: (v: Values, release: Release) => unknown): string {
  const chart = chartOf(values, (scope: App, v, release) => {
    const own = new Chart(scope, 'x');
    const used = { seconds: v.seconds, label: v.label, labels: v.labels };
    new ApiObject(own, 'used', { apiVersion: 'v1', kind: 'Used', spec: used });
    new ApiObject(own, 'object', { apiVersion: 'v1', kind: 'Kind', spec: { data: data(v, release) } });
  });
  return chart.render().get('templates/kind.yaml') ?? '';
}

test.each<[string, (v: Values) => unknown]>([
  ['added to', (v) => v.seconds + 24],
  ['multiplied', (v) => v.seconds * 1000],
  ['negated', (v) => -v.seconds],
  ['divided', (v) => Duration.millis(v.seconds).toSeconds({ integral: false })],
  [
    'converted to another unit',
    (v) => Size.kibibytes(v.seconds).toMebibytes({ rounding: SizeRoundingBehavior.FLOOR }),
  ],
  ['added to inside a text', (v) => `${v.seconds + 5}s`],
  ['divided inside a text', (v) => `${v.seconds / 60} minutes`],
])('a number that refers to a value and is %s is refused', (_, data) => {
  expect(() => render(data)).toThrow(/was calculated with; use plus\(\) or times\(\)/);
});

test.each<[string, (v: Values) => unknown]>([
  ['cut at its end', (v) => v.label.slice(0, -1)],
  ['cut at its start', (v) => v.label.slice(1)],
  ['cut in the middle', (v) => v.label.slice(0, 6)],
])('a text that refers to a value and is %s is refused', (_, data) => {
  expect(() => render(data)).toThrow(/a text that refers to a value was cut/);
});

test('a map that refers to a value cannot be part of a text', () => {
  expect(() => render((v) => `${Object.keys(v.labels)[0] ?? ''}!`)).toThrow(
    /a whole map or list cannot be part of a text/,
  );
});

test("large numbers, long digits and odd characters of a user's own are carried through", () => {
  const own = {
    bytes: 2 ** 40,
    more: 123_456_789_012_345,
    account: '1234567890123456',
    digest: '9007199254740993900719925474099390071992547409939007199254740993',
    private: '\uE0001 and \uE0010001',
  };
  const text = render(() => own);
  expect(text).toContain('bytes: 1099511627776');
  expect(text).toContain('more: 123456789012345');
  for (const value of [own.account, own.digest, own.private]) {
    expect(text).toContain(value);
  }
});

test('a text with a reference in it is no reference', () => {
  expect(() => render((v) => withDefault(`a-${v.label}`, 'b'))).toThrow(/is not itself one/);
  expect(() => render((v) => withDefault(v.label, `${v.label}-b`))).toThrow(/is not itself one/);
});

test('objects of one kind get files of their own, or are refused', () => {
  const rendered = (ids: readonly (readonly [string, string])[]) =>
    chartOf(Type.Object(releaseValues), (scope) => {
      for (const [chart, id] of ids) {
        new ApiObject(new Chart(scope, chart), id, { apiVersion: 'v1', kind: 'Kind' });
      }
    }).render();
  expect([
    ...rendered([
      ['a', 'one'],
      ['b', 'two'],
    ]).keys(),
  ]).toEqual(expect.arrayContaining(['templates/kind-one.yaml', 'templates/kind-two.yaml']));
  expect(() =>
    rendered([
      ['a', 'one'],
      ['b', 'one'],
    ]),
  ).toThrow('templates/kind-one.yaml');
});

test('a value that no template uses is refused', () => {
  const unused = chartOf(values, (scope, v, release) => {
    const chart = new Chart(scope, 'x');
    new ConfigMap(chart, 'config', { metadata: { name: release.fullname }, data: { label: v.label } });
  });
  expect(() => unused.render()).toThrow('no template uses the declared value seconds, labels');
});

test("what a construct's own validation finds stops the chart, too", () => {
  const invalid = chartOf(values, (scope, _, release) => {
    const deployment = new Deployment(new Chart(scope, 'x'), 'd', {
      metadata: { name: release.fullname },
      containers: [{ image: 'i' }],
    });
    deployment.node.addValidation({ validate: () => ['that is wrong'] });
  });
  expect(() => invalid.render()).toThrow(
    'Validation failed with the following errors:\n  [x/d] that is wrong',
  );
});

test('rendering twice gives the same, byte by byte', () => {
  const data = (v: Values) => ({ b: `${v.label}-${v.seconds}`, a: v.labels });
  expect(render(data)).toBe(render(data));
});
