import type { Schema } from './dist-chart';

/** Values of every type, on both sides of the patterns that values.schema.json uses. */
const COMMON: readonly unknown[] = [
  ...['changed', 'a', 'v1', '/x', '99s', '25%', '0%', '100%', '1000%', 'a.example', '*.example', '100m'],
  ...['', 'A', '/', 'a b', '{{ x }}', '-', 'true', '1', 'x'.repeat(400)],
  ...['0a'.repeat(32), '0A'.repeat(32), '0'.repeat(63)].map((digest) => `sha256:${digest}`),
  ...[2, -1, 0, 0.5, 100, 101, true, false],
  ...[['changed.example'], [{ name: 'changed' }], ['{{ x }}', 1], [[]]],
  ...[{ 'example.org/changed': 'yes' }, { 'example.org/changed': 1 }, { type: 'Recreate' }],
  ...['3', '1.5', 2, 'x', '-1', -1, '1 Gi', true].map((cpu) => ({ limits: { cpu } })),
  ...[{ limit: {} }, { nodeAffinity: {} }, { nodeAffinitee: {} }, {}, []],
];

/** Returns values just inside and just outside each limit of a schema, and values of every type. The empty ones come last. */
export function candidates(schema: Schema): unknown[] {
  const { minimum, maximum, minLength = 1, maxLength = 0, items, default: initial } = schema;
  const limits = [minimum, maximum].filter((limit) => limit !== undefined);
  const lengths = [minLength - 1, maxLength, maxLength + 1];
  const [item] = Array.isArray(initial) ? (initial as unknown[]) : [];
  return [
    ...(typeof initial === 'number' ? [initial + 1, initial + 0.125, initial - 1] : []),
    ...(schema.enum ?? []),
    ...COMMON,
    ...limits.flatMap((limit) => [limit - 1, limit, limit + 1]),
    ...lengths.map((length) => 'x'.repeat(length)),
    ...Object.entries(items?.properties ?? {}).flatMap(([key, inner]) =>
      candidates(inner).map((value) => [{ ...(item ?? exampleOf(items)), [key]: value }]),
    ),
  ];
}

/** Returns an item for a list whose default is empty. */
function exampleOf({ properties = {} }: Schema = {}): object {
  return Object.fromEntries(Object.keys(properties).map((key) => [key, key === 'pathType' ? 'Prefix' : '/']));
}
