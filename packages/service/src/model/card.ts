import { Type, type Static } from '@sinclair/typebox';
import { TypeCompiler } from '@sinclair/typebox/compiler';

const named = { name: Type.String({ minLength: 1 }), description: Type.String() };

const measured = (kind: 'number' | 'integer') =>
  Type.Object({ kind: Type.Literal(kind), ...named, minimum: Type.Number(), maximum: Type.Number() });

/** One input of the model: a number with the range seen in training, or a category with its codes. */
const Feature = Type.Union([
  measured('number'),
  measured('integer'),
  Type.Object({ kind: Type.Literal('category'), ...named, codes: Type.Record(Type.String(), Type.String()) }),
]);

/** The facts that training wrote beside the model; see model/train.py. */
const ModelCard = Type.Object({
  ...named,
  /** What the model may be used for, and what not: they finish the sentence “For …, not for …”. */
  intendedFor: Type.Optional(Type.String()),
  notFor: Type.Optional(Type.String()),
  version: Type.String(),
  sha256: Type.String(),
  auc: Type.Number({ minimum: 0, maximum: 1 }),
  aucStandardDeviation: Type.Number(),
  aucMethod: Type.String(),
  labels: Type.Object({ 0: Type.String(), 1: Type.String() }),
  features: Type.Array(Feature, { minItems: 1 }),
  /** A patient of the training data, for documentation. */
  example: Type.Optional(
    Type.Object({ patient: Type.Record(Type.String(), Type.Number()), probability: Type.Number() }),
  ),
});

export type Feature = Static<typeof Feature>;
export type ModelCard = Readonly<Static<typeof ModelCard>>;

/**
 * Reads the facts about a model.
 *
 * @throws Error that says what is wrong with the text, not where it came from
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
