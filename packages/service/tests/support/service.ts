import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { readSettings } from '@online-inference/settings';
import { buildApp } from '../../src/app';
import { loadClassifier, type Classifier } from '../../src/inference/classifier';
import { createLogger } from '../../src/logger';
import { PACKAGED_MODEL } from '../../src/packaged';
import { declarations, type Settings } from '../../src/settings';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed JSON; undefined for an empty body. */
  readonly body: unknown;
}

export interface Service {
  readonly port: number;
  request(path: string, init?: RequestInit): Promise<Answer>;
  post(path: string, body: unknown): Promise<Answer>;
  /** Returns the metrics in Prometheus' text format. */
  metrics(): Promise<string>;
  /** Waits until the metrics say that this many requests are in progress, their own included. */
  reaches(inProgress: number): Promise<void>;
  /** Opens a connection and sends bytes over it. */
  connect(sends?: string): Promise<Socket>;
  close(): Promise<unknown>;
}

/** Folder of the page's sources: everything at /docs but its script. */
const PAGE_SOURCES = `${__dirname}/../../page`;

/** Creates the service with the packaged model, without listening. */
export async function packagedApp(
  environment: Record<string, string> = {},
  page = PAGE_SOURCES,
): Promise<FastifyInstance> {
  const settings = readSettings(declarations, environment);
  const classifier = await packagedClassifier(settings);
  return buildApp({ settings, classifier, logger: createLogger('silent'), page });
}

/** Starts the service in this process on a free port. */
export async function service(environment?: Record<string, string>): Promise<Service> {
  return listening(await packagedApp(environment));
}

/** Loads the packaged model without a thread, whose program would have to be bundled first. */
function packagedClassifier(settings: Settings): Promise<Classifier> {
  return loadClassifier({
    ...settings,
    inferenceThread: 'never',
    modelPath: PACKAGED_MODEL,
    onnxThreads: 1,
    onThreadExit: (error) => {
      throw error;
    },
  });
}

/** Starts an app on a free port. */
export async function listening(app: FastifyInstance): Promise<Service> {
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  const request = async (path: string, init?: RequestInit): Promise<Answer> => {
    const response = await fetch(`${url}${path}`, init);
    const text = await response.text();
    const { status, headers } = response;
    return { status, headers, body: text === '' ? undefined : JSON.parse(text) };
  };
  const headers = { 'content-type': 'application/json' };
  const metrics = async (): Promise<string> => (await fetch(`${url}/metrics`)).text();
  const port = Number(new URL(url).port);
  return {
    port,
    metrics,
    reaches: async (inProgress) => {
      while (!(await metrics()).includes(`\nrest_server_requests_in_progress ${inProgress}\n`)) {
        await sleep(5);
      }
    },
    connect: async (sends = '') => {
      const socket = connect(port, '127.0.0.1');
      await once(socket, 'connect');
      socket.write(sends);
      return socket;
    },
    request,
    post: (path, body) => request(path, { method: 'POST', headers, body: JSON.stringify(body) }),
    close: () => app.close(),
  };
}

/** Returns `age=63&…` for `{ age: 63, … }`. */
export function queryOf(fields: Readonly<Record<string, unknown>>): string {
  const pairs = Object.entries(fields).map(([name, value]): [string, string] => [name, String(value)]);
  return new URLSearchParams(pairs).toString();
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
