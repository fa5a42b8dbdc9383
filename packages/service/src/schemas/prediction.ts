import {
  Type,
  type Static,
  type TLiteral,
  type TNumber,
  type TObject,
  type TString,
  type TUnion,
} from '@sinclair/typebox';
import type { ModelCard } from '../model/card';

/** Schema of one prediction. */
type PredictionSchema = TObject<{
  label: TUnion<[TLiteral<0>, TLiteral<1>]>;
  prediction: TString;
  probability: TNumber;
}>;
export type Prediction = Static<PredictionSchema>;

/** Returns the schema of one prediction, with the model's own labels. */
export function predictionSchema({ labels }: ModelCard): PredictionSchema {
  return Type.Object(
    {
      label: Type.Union([Type.Literal(0), Type.Literal(1)], {
        description: '1 if the probability is at least the decision threshold',
      }),
      prediction: Type.String({ description: 'the label in words' }),
      probability: Type.Number({ minimum: 0, maximum: 1, description: `of ${labels[1]}` }),
    },
    { $id: 'Prediction' },
  );
}
