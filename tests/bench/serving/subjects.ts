import { readFileSync } from 'node:fs';
import path from 'node:path';
import { INFERENCE_RESOURCES } from '../../../constructs/image';
import { ROOT } from '../../kit/dist';
import { output } from '../../kit/process';
import { pythonEnvironment } from '../../kit/tools';
import { node24, scratch } from '../measure';
import { inferRequest, KINDS, predictRequest, type Kind, type Request } from './requests';
import type { ServerCommand } from './server';

/** A server under measurement. */
export interface Subject {
  readonly name: string;
  readonly command: (port: number) => ServerCommand;
  /** Returns the request of a kind, or undefined if the server does not support the kind. */
  readonly request: (kind: Kind) => Request | undefined;
}

export const OURS = 'online-inference';
export const FASTAPI = 'FastAPI + scikit-learn';
export const MLSERVER = 'MLServer + scikit-learn';
export const BATCHING = 'MLServer + scikit-learn, batching';
export const BARE = 'bare Fastify';

const SERVICE = path.join(ROOT, 'packages/service');
export const MODEL = path.join(SERVICE, 'model');

/** Returns a request of the first kind that a server supports. */
export function firstOf({ name, request }: Subject): { readonly kind: Kind; readonly request: Request } {
  for (const kind of KINDS) {
    const found = request(kind);
    if (found) return { kind, request: found };
  }
  throw new Error(`${name} supports no kind of request`);
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
    request: (kind) =>
      kind.encoding === 'predict' ? predictRequest(kind, '/predict') : inferRequest(kind, 'probability'),
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
    request: (kind) => (kind.encoding === 'v2-json' ? inferRequest(kind, 'predict_proba') : undefined),
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
      request: (kind) =>
        kind.encoding === 'predict'
          ? predictRequest(kind, kind.batch === 1 ? '/predict' : '/predict/batch')
          : undefined,
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
      request: (kind) => {
        if (kind.batch > 1) return undefined;
        const request =
          kind.encoding === 'predict' ? predictRequest(kind, '/') : inferRequest(kind, 'probability');
        return { ...request, path: `/${kind.id}` };
      },
    },
  ];
}
