import { Type } from '@sinclair/typebox';
import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { numberIn } from '@online-inference/settings';
import type { Classifier } from '../inference/classifier';
import { errorResponses } from '../schemas/error';
import { MAX_PATIENTS, patientSchema, rowsOf, type Patient } from '../schemas/patient';
import { predictionSchema, type Prediction } from '../schemas/prediction';

const tags = ['prediction'] as const;

export interface PredictOptions {
  readonly classifier: Classifier;
  readonly decisionThreshold: number;
}

/** `POST /predict` with one patient or a list; `GET /predict` with the features of one patient as parameters. */
export const predictRoutes: FastifyPluginCallbackTypebox<PredictOptions> = (app, options, done) => {
  const { classifier, decisionThreshold } = options;
  const { card, queue } = classifier;
  const Patient = patientSchema(card);
  const Patients = Type.Array(Patient, {
    minItems: 1,
    maxItems: MAX_PATIENTS,
    allowed: `a list of 1 to ${MAX_PATIENTS} patients`,
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
        summary: 'Predicts for one patient or for each patient of a list',
        tags,
        body: Type.Union([Patient, Patients]),
        response: {
          200: Type.Union([Prediction, Type.Array(Prediction)]),
          ...errorResponses(400, 413, 415, 503),
        },
      },
    },
    async (request) => {
      const { body } = request;
      return Array.isArray(body) ? predict(body, request) : only(await predict([body], request));
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
        response: { 200: Prediction, ...errorResponses(400, 503) },
      },
      preValidation: (request, _reply, next) => {
        const values = Object.entries(request.query).map(([name, value]) => [name, numberIn(value)]);
        request.query = Object.fromEntries(values) as Patient;
        next();
      },
    },
    async (request) => only(await predict([request.query], request)),
  );
  done();
};

function only([prediction]: readonly Prediction[]): Prediction {
  if (!prediction) {
    throw new Error('the model returned no prediction for a patient');
  }
  return prediction;
}
