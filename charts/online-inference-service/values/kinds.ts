import {
  Type,
  type TArray,
  type TBoolean,
  type TInteger,
  type TLiteral,
  type TObject,
  type TProperties,
  type TRecord,
  type TString,
  type TUnion,
  type TUnsafe,
} from '@sinclair/typebox';

/** Values that belong together. */
export const group = <P extends TProperties>(description: string, properties: P): TObject<P> =>
  Type.Object(properties, { description });

/** Whether something is there; it is not, unless asked for. */
export const flag = (description: string, usual = false): TBoolean =>
  Type.Boolean({ default: usual, description });

/** A whole number. */
export const whole = (options: {
  default: number;
  minimum: number;
  maximum: number;
  description: string;
}): TInteger => Type.Integer(options);

/** One of a few texts. */
export const oneOf = <const T extends string>(
  options: readonly T[],
  rest: { default: T; description: string },
): TUnion<TLiteral<T>[]> =>
  Type.Union(
    options.map((option) => Type.Literal(option)),
    rest,
  );

/** A map of texts. */
export const strings = (description: string, propertyNames: object = {}): TRecord<TString, TString> =>
  Type.Record(Type.String(), Type.String(), { default: {}, propertyNames, description });

/** A list of objects, empty unless given. */
export const list = <T>(description: string): TArray<TUnsafe<T>> =>
  Type.Array(Type.Unsafe<T>({ type: 'object' }), { default: [], description });

/** The name of another object, or none. */
export const name = (description: string): TString =>
  Type.String({
    default: '',
    pattern: '^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?)?$',
    title: 'a name of Kubernetes, or empty',
    description,
  });

/** A number of pods, or a percentage of them. */
export const share = (
  options: { default: number | string; description: string },
  empty = false,
): TUnion<[TInteger, TString]> =>
  Type.Union(
    [
      Type.Integer({ minimum: 0, maximum: 100 }),
      Type.String({ pattern: empty ? '^(\\d{1,3}%)?$' : '^\\d{1,3}%$' }),
    ],
    { ...options, title: `a number from 0 to 100, or a percentage such as 25%${empty ? ', or empty' : ''}` },
  );

const quantity = {
  anyOf: [
    { type: 'string', pattern: '^\\d+(\\.\\d+)?(m|[kKMGTPE]i?)?$' },
    { type: 'number', minimum: 0 },
  ],
};

/** Amounts of resources, by their name. */
export const quantities = { type: 'object', additionalProperties: quantity };

/** Labels that the chart itself sets, and others must not. */
export const RESERVED_LABELS = {
  not: { pattern: '^(app\\.kubernetes\\.io/(name|instance|component|managed-by)|helm\\.sh/chart)$' },
};
