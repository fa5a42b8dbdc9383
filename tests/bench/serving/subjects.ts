import { readFileSync } from 'node:fs';
import path from 'node:path';
import { INFERENCE_RESOURCES } from '../../../constructs/inference-resources';
import { ROOT } from '../frame/peers';
import { ofInfer, ofPredict } from './answers';
import type { Answer, Request } from './client';
import { inferRequest, predictRequest, type Kind } from './kinds';
import type { Command } from './server';

/** A server under measurement. */
export interface Subject {
  readonly name: string;
  readonly ours: boolean;
  readonly command: (port: number) => Command;
  /** Whose start is its own too, and is not measured again. */
  readonly startsAs?: string;
  /** How it is asked; undefined where it has no such answer. */
  readonly request: (kind: Kind) => Request | undefined;
  readonly probabilities: (kind: Kind, answer: Answer) => number[];
}

const read = ({ encoding }: Kind, answer: Answer): number[] =>
  encoding === 'predict' ? ofPredict(answer) : ofInfer(answer);

export const OURS = 'online-inference';
export const FASTAPI = 'FastAPI + scikit-learn';
export const MLSERVER = 'MLServer + scikit-learn';
export const BATCHING = 'MLServer + scikit-learn, batching';
export const BARE = 'bare Fastify';

/**
 * This service as its image starts it: with the flags and the environment of its Dockerfile, and the heap that it has
 * within the charts' limit.
 *
 * @param node the binary of Node.js
 */
export function ours(node: string): Subject {
  const dockerfile = readFileSync(path.join(ROOT, 'packages/service/Dockerfile'), 'utf8');
  const [, steady = ''] = dockerfile.split(/ AS steady$/m);
  const flags = JSON.parse(/^CMD (.*)$/m.exec(steady)?.[1] ?? '[]') as readonly string[];
  const memory = INFERENCE_RESOURCES.memory?.limit?.toMebibytes() ?? NaN;
  const malloc = [...steady.matchAll(/\b(MALLOC_\w+)=(\S+)/g)].map(
    ([, name = '', value = '']) => [name, value] as const,
  );
  return {
    name: OURS,
    ours: true,
    command: (port) => ({
      program: node,
      // of the container's memory, which is not limited here
      args: flags.map((flag) =>
        flag.replace(
          /^--max-old-space-size-percentage=(\d+)$/,
          (_, percent: string) => `--max-old-space-size=${Math.floor((memory * Number(percent)) / 100)}`,
        ),
      ),
      cwd: path.join(ROOT, 'app'),
      env: { ...Object.fromEntries(malloc), HOST: '127.0.0.1', PORT: String(port), NODE_ENV: 'production' },
    }),
    request: (kind) =>
      kind.encoding === 'predict' ? predictRequest(kind, '/predict') : inferRequest(kind, 'probability'),
    probabilities: read,
  };
}

/** @param folder where it is installed, with the trained model */
export const fastapi = (folder: string): Subject => ({
  name: FASTAPI,
  ours: false,
  command: (port) => ({
    program: path.join(folder, '.venv/bin/uvicorn'),
    args: ['app:app', '--host', '127.0.0.1', '--port', String(port), '--no-access-log'],
    cwd: folder,
    env: {},
  }),
  request: (kind) =>
    kind.encoding === 'predict'
      ? predictRequest(kind, kind.batch === 1 ? '/predict' : '/predict/batch')
      : undefined,
  probabilities: read,
});

/**
 * @param folder where it is installed, with the trained model
 * @param settings the folder of its settings, in that one
 */
export const mlserver = (folder: string, settings: 'plain' | 'batching'): Subject => ({
  name: settings === 'plain' ? MLSERVER : BATCHING,
  ours: false,
  ...(settings === 'batching' && { startsAs: MLSERVER }),
  command: (port) => ({
    program: path.join(folder, '.venv/bin/mlserver'),
    args: ['start', settings],
    cwd: folder,
    // 0 takes a free port
    env: { MLSERVER_HTTP_PORT: String(port), MLSERVER_GRPC_PORT: '0', MLSERVER_METRICS_PORT: '0' },
  }),
  // It has no binary tensors.
  request: (kind) => (kind.encoding === 'v2-json' ? inferRequest(kind, 'predict_proba') : undefined),
  probabilities: read,
});

/**
 * Fastify and nothing else, in the version that ours runs on. It answers what ours answered.
 *
 * @param answers the file that its server reads
 */
export function bare(node: string, answers: string): Subject {
  const { request } = ours(node);
  return {
    name: BARE,
    ours: false,
    command: (port) => ({
      program: node,
      args: [path.join(__dirname, 'peers/bare/server.cjs'), String(port), answers],
      cwd: ROOT,
      env: { NODE_ENV: 'production' },
    }),
    request: (kind) => {
      const asked = kind.batch === 1 ? request(kind) : undefined;
      return asked && { ...asked, path: `/${kind.id}` };
    },
    probabilities: read,
  };
}
