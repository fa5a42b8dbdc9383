import Ajv from 'ajv';
import { parse } from 'yaml';
import { candidates } from './candidates';
import { FILES, LEAVES, merged, SCHEMA, withValue } from './dist-chart';
import { schemaErrorsOf } from './variants';

/** The chart without its templates, so that Helm only validates the values. */
const SCHEMA_ONLY = new Map([...FILES].filter(([file]) => !file.startsWith('templates/')));
const DEFAULTS = parse(FILES.get('values.yaml') ?? '') as object;
const isValid = new Ajv({ strict: false }).compile(SCHEMA);

test('Helm rejects exactly the values that the schema rejects, and reports the path of each', async () => {
  const tries = LEAVES.map(({ path, schema }) =>
    candidates(schema).map((value) => {
      const values = withValue(path, value);
      return { path, value, values, isAccepted: isValid(merged(DEFAULTS, values)) };
    }),
  );
  // Few runs of Helm: the first candidate of each value, the second candidate of each value, and so on.
  const rounds = Array.from({ length: Math.max(...tries.map(({ length }) => length)) }, (_, round) =>
    tries.flatMap((own) => own[round] ?? []),
  );
  const variants = rounds.map((round) => round.reduce<object>((all, { values }) => merged(all, values), {}));
  const errors = await schemaErrorsOf(SCHEMA_ONLY, variants);
  const different = rounds.flatMap((round, index) =>
    round.filter(({ path, isAccepted }) => names(path, errors[index] ?? '') === isAccepted),
  );
  expect(tries.flat().filter(({ isAccepted }) => isAccepted).length).toBeGreaterThan(400);
  expect(different.map(({ path, value }) => [path.join('.'), value])).toEqual([]);
});

/** Returns whether an error names the path of a value, in the form of Helm 3 or Helm 4. */
function names(at: readonly string[], error: string): boolean {
  return new RegExp(`- (at '/${at.join('/')}['/]|${at.join('[.]')}[.:])`).test(error);
}

test('Helm rejects a typo in a name, and a label or annotation that the chart sets itself', async () => {
  const groups = Object.entries(SCHEMA.properties ?? {}).filter(
    ([, { properties, default: initial }]) => properties && initial === undefined,
  );
  const wrong = [
    ...LEAVES.map(({ path }) => withValue([...path.slice(0, -1), `${path.at(-1) ?? ''}x`], 1)),
    ...groups.map(([name]) => ({ [`${name}x`]: {} })),
    { ingress: { hosts: [{ host: 'a', paths: [{ path: '/', pathType: 'Prefix', port: 1 }] }] } },
    ...['commonLabels', 'podLabels'].map((name) => ({ [name]: { 'app.kubernetes.io/name': 'x' } })),
    { serviceMonitor: { labels: { 'app.kubernetes.io/name': 'x' } } },
    { podAnnotations: { 'checksum/config': 'x' } },
  ];
  const errors = await schemaErrorsOf(SCHEMA_ONLY, wrong);
  expect(groups.length).toBeGreaterThan(8);
  const reason = /additional propert\w+ '?\w+'? (is )?not allowed|invalid propertyName|Property name/i;
  expect(wrong.filter((_, i) => !reason.test(errors[i] ?? ''))).toEqual([]);
});
