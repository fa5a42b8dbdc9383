import { readFileSync } from 'node:fs';
import path from 'node:path';
import { INFERENCE_RESOURCES } from '../../../constructs/image';
import { ROOT } from '../../kit/dist';
import { output } from '../../kit/process';
import { pythonEnvironment } from '../../kit/tools';
import { node24, scratch } from '../measure';
import { inferRequest, predictRequest, type Request, type Requests } from './requests';
import type { ServerCommand } from './server';

/** A server under measurement. */
export interface Subject {
  readonly name: string;
  readonly command: (port: number) => ServerCommand;
  /** Of the kinds that the server supports. */
  readonly requests: Requests;
}

export const OURS = 'online-inference';
export const FASTAPI = 'FastAPI + scikit-learn';
export const MLSERVER = 'MLServer + scikit-learn';
export const BATCHING = 'MLServer + scikit-learn, batching';
export const BARE = 'bare Fastify';

const SERVICE = path.join(ROOT, 'packages/service');
export const MODEL = path.join(SERVICE, 'model');

/** Returns the first kind of request that a server supports. */
export function firstOf({ name, requests }: Subject): readonly [kind: string, request: Request] {
  const [first] = Object.entries(requests);
  if (!first) throw new Error(`${name} supports no kind of request`);
  return first;
}

/** Builds this service, and starts it as its image does: with the flags and variables of its Dockerfile. */
export async function ourService(): Promise<Subject> {
  await output('npm', ['run', 'build', '--workspace', 'packages/service'], { cwd: ROOT });
  const program = await node24();
  const [, steady = ''] = readFileSync(path.join(SERVICE, 'Dockerfile'), 'utf8').split(/ AS steady$/m);
  const memory = INFERENCE_RESOURCES.memory?.limit?.toMebibytes() ?? NaN;
  // The percentage refers to the container's memory, which is unlimited here.
  const command = (/^CMD (.*)$/m.exec(steady)?.[1] ?? '[]').replace(
    /-percentage=(\d+)/,
    (_, percent: string) => `=${Math.floor((memory * Number(percent)) / 100)}`,
  );
  const args = JSON.parse(command) as string[];
  const malloc = [...steady.matchAll(/\b(MALLOC_\w+)=(\S+)/g)].map(([, name, value]) => [name, value]);
  const env = { ...(Object.fromEntries(malloc) as object), HOST: '127.0.0.1', NODE_ENV: 'production' };
  return {
    name: OURS,
    command: (port) => ({ program, args, cwd: SERVICE, env: { ...env, PORT: String(port) } }),
    requests: {
      'predict-1': predictRequest(1, '/predict'),
      'v2-json-1': inferRequest(1, 'probability'),
      'v2-binary-1': inferRequest(1, 'probability', true),
      'predict-32': predictRequest(32, '/predict'),
      'v2-json-32': inferRequest(32, 'probability'),
      'v2-binary-32': inferRequest(32, 'probability', true),
    },
  };
}

/** Returns the requirements of a Python server. */
export const requirementsOf = (peer: 'fastapi' | 'mlserver'): string =>
  path.join(__dirname, 'peers', peer, 'requirements.txt');

/** Installs a Python server, and trains the pipeline behind our ONNX file with its scikit-learn. */
async function installed(peer: 'fastapi' | 'mlserver'): Promise<{ bin: string; cwd: string }> {
  const bin = await pythonEnvironment(requirementsOf(peer));
  const cwd = scratch(peer);
  await output('cp', ['-r', `${path.dirname(requirementsOf(peer))}/.`, cwd]);
  await output(`${bin}/python`, [path.join(__dirname, 'train.py'), MODEL, path.join(cwd, 'model.joblib')]);
  return { bin, cwd };
}

/** Installs the servers that this service is compared with. */
export async function peers(): Promise<Subject[]> {
  const [fastapi, mlserver, node] = [await installed('fastapi'), await installed('mlserver'), await node24()];
  // MLServer has no binary tensors. As a port, 0 means any free one.
  const mlserverWith = (name: string, settings: 'plain' | 'batching'): Subject => ({
    name,
    command: (port) => ({
      program: `${mlserver.bin}/mlserver`,
      args: ['start', settings],
      cwd: mlserver.cwd,
      env: { MLSERVER_HTTP_PORT: String(port), MLSERVER_GRPC_PORT: '0', MLSERVER_METRICS_PORT: '0' },
    }),
    requests: {
      'v2-json-1': inferRequest(1, 'predict_proba'),
      'v2-json-32': inferRequest(32, 'predict_proba'),
    },
  });
  return [
    {
      name: FASTAPI,
      command: (port) => ({
        program: `${fastapi.bin}/uvicorn`,
        args: ['app:app', '--host', '127.0.0.1', '--port', String(port), '--no-access-log'],
        cwd: fastapi.cwd,
        env: {},
      }),
      requests: {
        'predict-1': predictRequest(1, '/predict'),
        'predict-32': predictRequest(32, '/predict/batch'),
      },
    },
    mlserverWith(MLSERVER, 'plain'),
    mlserverWith(BATCHING, 'batching'),
    {
      name: BARE,
      command: (port) => ({
        program: node,
        args: [path.join(__dirname, 'bare-server.cjs'), String(port)],
        cwd: ROOT,
        env: { NODE_ENV: 'production' },
      }),
      requests: {
        'predict-1': predictRequest(1, '/predict-1'),
        'v2-json-1': { ...inferRequest(1, 'probability'), path: '/v2-json-1' },
        'v2-binary-1': { ...inferRequest(1, 'probability', true), path: '/v2-binary-1' },
      },
    },
  ];
}
