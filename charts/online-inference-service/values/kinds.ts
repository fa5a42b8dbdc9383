import {
  Type,
  type TArray,
  type TBoolean,
  type TInteger,
  type TLiteral,
  type TObject,
  type TProperties,
  type TRecord,
  type TSchema,
  type TString,
  type TUnion,
  type TUnsafe,
} from '@sinclair/typebox';

/** Returns the declaration with another default, and with another description if one is given. */
export const withDefault = <S extends TSchema>(
  declaration: S,
  value: unknown,
  description = declaration.description,
): S => ({ ...declaration, default: value, description });

/** Declares a group of values. */
export const group = <P extends TProperties>(description: string, properties: P): TObject<P> =>
  Type.Object(properties, { description });

/** Declares a boolean. */
export const flag = (description: string, initial = false): TBoolean =>
  Type.Boolean({ default: initial, description });

/** Declares an integer. */
export const integer = (options: {
  default: number;
  minimum: number;
  maximum: number;
  description: string;
}): TInteger => Type.Integer(options);

/** Declares a choice between strings. */
export const oneOf = <const T extends string>(
  options: readonly T[],
  rest: { default: T; description: string },
): TUnion<TLiteral<T>[]> =>
  Type.Union(
    options.map((option) => Type.Literal(option)),
    rest,
  );

/** Declares a map of strings. It is empty by default. */
export const strings = (description: string, propertyNames: object = {}): TRecord<TString, TString> =>
  Type.Record(Type.String(), Type.String(), { default: {}, propertyNames, description });

/** Declares a list of objects. It is empty by default. */
export const list = <T>(description: string): TArray<TUnsafe<T>> =>
  Type.Array(Type.Unsafe<T>({ type: 'object' }), { default: [], description });

/** Declares the name of another object. It is empty by default. */
export const name = (description: string): TString =>
  Type.String({
    default: '',
    pattern: '^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?)?$',
    title: 'a Kubernetes object name, or empty',
    description,
  });

/** Declares a number of pods, or a percentage of the replicas. */
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

/** Schema of resource amounts by the name of the resource. */
export const quantities = { type: 'object', additionalProperties: quantity };

/** Schema of label keys that excludes those that the chart itself sets. */
export const RESERVED_LABELS = {
  not: { pattern: '^(app\\.kubernetes\\.io/(name|instance|component|managed-by)|helm\\.sh/chart)$' },
};
