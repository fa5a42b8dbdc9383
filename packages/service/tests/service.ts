import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { buildApp } from '../src/app';
import { readSettings } from '@online-inference/settings';
import { loadClassifier, type Classifier } from '../src/inference/classifier';
import { declarations, type Settings } from '../src/settings';
import { PACKAGED_MODEL } from '../src/start';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

export interface Service {
  readonly port: number;
  request(path: string, init?: RequestInit): Promise<Answer>;
  post(path: string, body: unknown): Promise<Answer>;
  close(): Promise<unknown>;
}

/** The service in this process, on a free port, with the settings of an environment. */
export async function service(environment: Record<string, string> = {}): Promise<Service> {
  const settings = readSettings(declarations, environment);
  const app = buildApp({
    settings,
    classifier: await packagedClassifier(settings),
    logger: pino({ level: 'silent' }),
  });
  return listening(app);
}

/** The packaged model, in this process, however busy the machine is: a thread's program is there only once it is built. */
export function packagedClassifier(settings: Settings): Promise<Classifier> {
  const died = (error: Error) => {
    throw error;
  };
  return loadClassifier({
    ...settings,
    inferenceThread: 'never',
    modelPath: PACKAGED_MODEL,
    onnxThreads: 1,
    died,
  });
}

/** A service that was put together, on a free port. */
export async function listening(app: FastifyInstance): Promise<Service> {
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  const request = async (path: string, init?: RequestInit): Promise<Answer> => {
    const { status, headers, ...response } = await answer(`${url}${path}`, init);
    return { status, headers, body: response.body === '' ? undefined : JSON.parse(response.body) };
  };
  const headers = { 'content-type': 'application/json' };
  return {
    port: Number(new URL(url).port),
    request,
    post: (path, body) => request(path, { method: 'POST', headers, body: JSON.stringify(body) }),
    close: () => app.close(),
  };
}

async function answer(url: string, init?: RequestInit): Promise<Omit<Answer, 'body'> & { body: string }> {
  const response = await fetch(url, init);
  return { status: response.status, headers: response.headers, body: await response.text() };
}

/** `{ age: 63, … }` as `age=63&…`. */
export function queryOf(fields: Readonly<Record<string, unknown>>): string {
  const texts = Object.entries(fields).map(([name, value]) => [name, String(value)]);
  return new URLSearchParams(texts as [string, string][]).toString();
}

/** A patient of the training data, healthy with a probability of 0.66. */
export const PATIENT = {
  age: 63,
  sex: 1,
  cp: 0,
  chol: 233,
  restecg: 2,
  thalach: 150,
  exang: 0,
  slope: 2,
  ca: 0,
  thal: 1,
};
