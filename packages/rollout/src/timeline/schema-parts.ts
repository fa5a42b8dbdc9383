import { Type, type TLiteral, type TObject, type TProperties, type TUnion } from '@sinclair/typebox';

export const Seconds = Type.Number({ description: 'seconds since the change; negative before it' });
export const Count = Type.Integer({ minimum: 0 });

/** One of the given words. */
export function oneOf<Word extends string>(...words: Word[]): TUnion<TLiteral<Word>[]> {
  return Type.Union(words.map((word) => Type.Literal(word)));
}

/** An object with these fields and no others. */
export function closed<Fields extends TProperties>(fields: Fields, description?: string): TObject<Fields> {
  return Type.Object(fields, { additionalProperties: false, ...(description && { description }) });
}
