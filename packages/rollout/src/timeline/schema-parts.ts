import {
  Type,
  type TInteger,
  type TLiteral,
  type TNumber,
  type TObject,
  type TProperties,
  type TString,
  type TUnion,
} from '@sinclair/typebox';

/** A time in seconds on the timeline's clock, which starts at the first change. */
export const seconds = (what: string): TNumber =>
  Type.Number({ description: `${what}, in seconds since the first change; negative before it.` });

/** An integer from 0. */
export const count = (description: string): TInteger => Type.Integer({ minimum: 0, description });

/** A string. */
export const string = (description: string): TString => Type.String({ description });

/** One of several words, each with its description. */
export function oneOf<Word extends string>(
  description: string,
  words: Readonly<Record<Word, string>>,
): TUnion<TLiteral<Word>[]> {
  const literals = (Object.keys(words) as Word[]).map((word) =>
    Type.Literal(word, { description: words[word] }),
  );
  return Type.Union(literals, { description });
}

/** An object with these fields and no others. */
export const closed = <Fields extends TProperties>(description: string, fields: Fields): TObject<Fields> =>
  Type.Object(fields, { additionalProperties: false, description });
