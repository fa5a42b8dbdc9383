import { Type, type Static } from '@sinclair/typebox';
import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { numberIn } from '@online-inference/settings';
import type { Classifier } from '../inference/classifier';
import type { ModelCard } from '../model/card';
import { failures } from '../openapi/operation';
import { MOST_PATIENTS, patientSchema, rowsOf, type Patient } from './patient';

/** The schema of a prediction, in the model's words. */
function predictionSchema({ labels }: ModelCard) {
  return Type.Object(
    {
      label: Type.Union([Type.Literal(0), Type.Literal(1)], {
        description: '1 from the decision threshold on',
      }),
      prediction: Type.String({ description: 'the label in words' }),
      probability: Type.Number({ minimum: 0, maximum: 1, description: `of ${labels[1]}` }),
    },
    { $id: 'Prediction' },
  );
}

type Prediction = Static<ReturnType<typeof predictionSchema>>;

const tags = ['prediction'] as const;

export interface PredictOptions {
  readonly classifier: Classifier;
  readonly decisionThreshold: number;
}

/** `POST /predict` with one patient or a list, `GET /predict` with one patient's features as parameters. */
export const predictRoutes: FastifyPluginCallbackTypebox<PredictOptions> = (app, options, done) => {
  const { classifier, decisionThreshold } = options;
  const { card, queue } = classifier;
  const Patient = patientSchema(card);
  const Patients = Type.Array(Patient, {
    minItems: 1,
    maxItems: MOST_PATIENTS,
    allowed: `a list of 1 to ${MOST_PATIENTS} patients`,
  });

  const { example } = card;
  const predictionOf = (probability: number): Prediction => {
    const label = probability >= decisionThreshold ? 1 : 0;
    return { label, prediction: card.labels[label], probability };
  };
  const examples = example ? [predictionOf(example.probability)] : [];
  const Prediction = { ...predictionSchema(card), examples };

  async function predict(patients: readonly Patient[], { raw }: FastifyRequest): Promise<Prediction[]> {
    const probabilities = await queue.infer(rowsOf(patients, card), () => raw.socket.destroyed);
    return probabilities.map(predictionOf);
  }

  app.post(
    '/predict',
    {
      config: { infers: true },
      schema: {
        summary: 'Predicts for one patient, or for each of a list',
        tags,
        body: Type.Union([Patient, Patients]),
        response: { 200: Type.Union([Prediction, Type.Array(Prediction)]), ...failures(400, 413, 415, 503) },
      },
    },
    async (request) => {
      const { body } = request;
      return Array.isArray(body) ? predict(body, request) : one(await predict([body], request));
    },
  );

  app.get(
    '/predict',
    {
      config: { infers: true },
      schema: {
        summary: 'Predicts for one patient, given as parameters',
        tags,
        querystring: Patient,
        response: { 200: Prediction, ...failures(400, 503) },
      },
      preValidation: (request, _reply, next) => {
        const texts = Object.entries(request.query).map(([name, text]) => [name, numberIn(text)]);
        request.query = Object.fromEntries(texts) as Patient;
        next();
      },
    },
    async (request) => one(await predict([request.query], request)),
  );
  done();
};

function one([prediction]: readonly Prediction[]): Prediction {
  if (!prediction) {
    throw new Error('the model gave no prediction for a patient');
  }
  return prediction;
}
