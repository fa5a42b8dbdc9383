import { Type } from '@sinclair/typebox';
import { ApiObject, Chart, Duration, Size, SizeRoundingBehavior, type App } from 'cdk8s';
import { ConfigMap, Deployment } from 'cdk8s-plus-27';
import { releaseValues, withDefault, type Release, type ValuesOf } from '../src';
import { chartOf } from './example';

const values = Type.Object({
  ...releaseValues,
  seconds: Type.Integer({ default: 1, minimum: 0, maximum: 60, description: 'a number' }),
  label: Type.String({ default: 'a', description: 'a string' }),
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

const ARITHMETIC = /is the result of arithmetic on a reference; use plus\(\) or times\(\)/;
const CUT = /a string with a reference was cut/;
const NOT_ALONE = /is not a reference; pass the reference alone/;
const FLOOR = { rounding: SizeRoundingBehavior.FLOOR };

test.each<[string, (v: Values) => unknown, RegExp]>([
  ['a number that is added to', (v) => v.seconds + 24, ARITHMETIC],
  ['a number that is multiplied', (v) => v.seconds * 1000, ARITHMETIC],
  ['a number that is negated', (v) => -v.seconds, ARITHMETIC],
  ['a number that is divided', (v) => Duration.millis(v.seconds).toSeconds({ integral: false }), ARITHMETIC],
  ['a number in another unit', (v) => Size.kibibytes(v.seconds).toMebibytes(FLOOR), ARITHMETIC],
  ['a number that is added to inside a string', (v) => `${v.seconds + 5}s`, ARITHMETIC],
  ['a number that is divided inside a string', (v) => `${v.seconds / 60} minutes`, ARITHMETIC],
  ['a string that is cut at its end', (v) => v.label.slice(0, -1), CUT],
  ['a string that is cut at its start', (v) => v.label.slice(1), CUT],
  ['a string that is cut in the middle', (v) => v.label.slice(0, 6), CUT],
  ['a map inside a string', (v) => `${Object.keys(v.labels)[0] ?? ''}!`, /cannot be part of a string/],
  ['a longer string as an operand', (v) => withDefault(`a-${v.label}`, 'b'), NOT_ALONE],
  ['a longer string as a default', (v) => withDefault(v.label, `${v.label}-b`), NOT_ALONE],
])('rejects a reference to %s', (_, data, message) => {
  expect(() => render(data)).toThrow(message);
});

test('keeps large numbers, long digit strings and private-use characters that are no references', () => {
  const own = {
    bytes: 2 ** 40,
    more: 123_456_789_012_345,
    account: '1234567890123456',
    digest: '9007199254740993900719925474099390071992547409939007199254740993',
    private: '\uE0001 and \uE0010001',
  };
  const rendered = render(() => own);
  const numbers = ['bytes: 1099511627776', 'more: 123456789012345'];
  for (const value of [...numbers, own.account, own.digest, own.private]) {
    expect(rendered).toContain(value);
  }
});

test('writes objects of the same kind to different files, and rejects equal IDs', () => {
  const filesOf = (...ids: string[]) =>
    chartOf(Type.Object(releaseValues), (scope) => {
      for (const [i, id] of ids.entries()) {
        new ApiObject(new Chart(scope, `chart-${i}`), id, { apiVersion: 'v1', kind: 'Kind' });
      }
    }).render();
  const files = ['templates/kind-one.yaml', 'templates/kind-two.yaml'];
  expect([...filesOf('one', 'two').keys()]).toEqual(expect.arrayContaining(files));
  expect(() => filesOf('one', 'one')).toThrow('templates/kind-one.yaml');
});

test('rejects a declared value that no template uses', () => {
  const unused = chartOf(values, (scope, v, release) => {
    const chart = new Chart(scope, 'x');
    new ConfigMap(chart, 'config', { metadata: { name: release.fullname }, data: { label: v.label } });
  });
  expect(() => unused.render()).toThrow('no template uses these declared values: seconds, labels');
});

test('fails when the validation of a construct fails', () => {
  const invalid = chartOf(values, (scope, _, release) => {
    const deployment = new Deployment(new Chart(scope, 'x'), 'd', {
      metadata: { name: release.fullname },
      containers: [{ image: 'i' }],
    });
    deployment.node.addValidation({ validate: () => ['a rule is broken'] });
  });
  expect(() => invalid.render()).toThrow(
    'Validation failed with the following errors:\n  [x/d] a rule is broken',
  );
});

test('renders the same bytes twice', () => {
  const data = (v: Values) => ({ b: `${v.label}-${v.seconds}`, a: v.labels });
  expect(render(data)).toBe(render(data));
});
