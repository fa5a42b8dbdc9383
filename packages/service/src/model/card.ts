import { Type, type Static } from '@sinclair/typebox';
import { TypeCompiler } from '@sinclair/typebox/compiler';

const named = { name: Type.String({ minLength: 1 }), description: Type.String() };

const measured = (kind: 'number' | 'integer') =>
  Type.Object({ kind: Type.Literal(kind), ...named, minimum: Type.Number(), maximum: Type.Number() });

/** One input of the model: a number with the range of the training data, or a category with its codes. */
const Feature = Type.Union([
  measured('number'),
  measured('integer'),
  Type.Object({ kind: Type.Literal('category'), ...named, codes: Type.Record(Type.String(), Type.String()) }),
]);

/** The model card: facts that training writes beside the model. @see ../../model/train.py */
const ModelCard = Type.Object({
  ...named,
  /** Intended use, and excluded use; both complete the sentence “For …, not for …”. */
  intendedFor: Type.Optional(Type.String()),
  notFor: Type.Optional(Type.String()),
  version: Type.String(),
  /** SHA-256 of the ONNX file, in hexadecimal. */
  sha256: Type.String(),
  auc: Type.Number({ minimum: 0, maximum: 1 }),
  aucStandardDeviation: Type.Number(),
  aucMethod: Type.String(),
  labels: Type.Object({ 0: Type.String(), 1: Type.String() }),
  features: Type.Array(Feature, { minItems: 1 }),
  /** A patient of the training data, for the documentation. */
  example: Type.Optional(
    Type.Object({ patient: Type.Record(Type.String(), Type.Number()), probability: Type.Number() }),
  ),
});

export type Feature = Static<typeof Feature>;
export type ModelCard = Readonly<Static<typeof ModelCard>>;

/**
 * Parses a model card.
 *
 * @throws Error if the JSON is not a model card; the message does not name the file
 */
export function parseCard(json: string): ModelCard {
  const card: unknown = JSON.parse(json);
  const check = TypeCompiler.Compile(ModelCard);
  if (!check.Check(card)) {
    const problem = check.Errors(card).First();
    throw new Error(`${problem?.path ?? ''}: ${problem?.message ?? 'not a model card'}`);
  }
  return card;
}
