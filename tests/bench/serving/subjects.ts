import { readFileSync } from 'node:fs';
import path from 'node:path';
import examples from '@online-inference/service/model/examples.json';
import { INFERENCE_RESOURCES } from '../../../constructs/image';
import { output } from '../../kit/process';
import { pythonEnvironment } from '../../kit/tools';
import { bundled, node24, scratch } from '../measure';
import { ROOT } from '../../kit/dist';

import { inferRequest, KINDS, predictRequest, TOLERANCE, type Kind, type Request } from './requests';
import type { ServerCommand } from './server';

/** A server under measurement. */
export interface Subject {
  readonly name: string;
  readonly command: (port: number) => ServerCommand;
  /** Returns the request of a kind, or undefined if the server does not support the kind. */
  readonly request: (kind: Kind) => Request | undefined;
  /** Whether start and idle memory are measured. @default true */
  readonly starts?: boolean;
}

/** Everything that is compared. */
export interface Subjects {
  readonly ours: Subject;
  readonly all: readonly Subject[];
  /** The Node.js that runs ours. */
  readonly node: string;
  /** Folder of the virtual environment of each Python server, by its name. */
  readonly environments: Readonly<Record<string, string>>;
}

export const OURS = 'online-inference';
export const FASTAPI = 'FastAPI + scikit-learn';
export const MLSERVER = 'MLServer + scikit-learn';
export const BATCHING = 'MLServer + scikit-learn, batching';
export const BARE = 'bare Fastify';

export const MODEL = path.join(ROOT, 'packages/service/model');

/** Installs the peers, trains their model and builds ours. */
export async function subjects(): Promise<Subjects> {
  await output('npm', ['run', 'build', '--workspace', 'packages/service'], { cwd: ROOT });
  const node = await node24();
  const own = ours(node);
  const [fast, ml] = [await trained('fastapi'), await trained('mlserver')];
  const bare = bareFastify(node, await bundled('serving/bare-server.ts'), own);
  return {
    ours: own,
    all: [own, fastapi(fast), mlserver(ml, 'plain'), mlserver(ml, 'batching'), bare],
    node,
    environments: { [FASTAPI]: path.dirname(fast.bin), [MLSERVER]: path.dirname(ml.bin) },
  };
}

/** Returns a request of the first kind that a server supports. */
export function firstOf({ name, request }: Subject): { readonly kind: Kind; readonly request: Request } {
  for (const kind of KINDS) {
    const found = request(kind);
    if (found) return { kind, request: found };
  }
  throw new Error(`${name} supports no kind of request`);
}

/** Starts this service as its image does: with the flags and variables of its Dockerfile. */
function ours(node: string): Subject {
  const dockerfile = readFileSync(path.join(ROOT, 'packages/service/Dockerfile'), 'utf8');
  const [, steady = ''] = dockerfile.split(/ AS steady$/m);
  const flags = JSON.parse(/^CMD (.*)$/m.exec(steady)?.[1] ?? '[]') as readonly string[];
  const memory = INFERENCE_RESOURCES.memory?.limit?.toMebibytes() ?? NaN;
  const malloc = [...steady.matchAll(/\b(MALLOC_\w+)=(\S+)/g)].map(([, name = '', value = '']) => [
    name,
    value,
  ]);
  return {
    name: OURS,
    command: (port) => ({
      program: node,
      // The percentage refers to the container's memory, which is unlimited here.
      args: flags.map((flag) =>
        flag.replace(
          /^--max-old-space-size-percentage=(\d+)$/,
          (_, percent: string) => `--max-old-space-size=${Math.floor((memory * Number(percent)) / 100)}`,
        ),
      ),
      cwd: path.join(ROOT, 'packages/service'),
      env: {
        ...(Object.fromEntries(malloc) as object),
        HOST: '127.0.0.1',
        PORT: String(port),
        NODE_ENV: 'production',
      },
    }),
    request: (kind) =>
      kind.encoding === 'predict' ? predictRequest(kind, '/predict') : inferRequest(kind, 'probability'),
  };
}

/** A Python server with its trained model. */
interface PythonServer {
  readonly bin: string;
  readonly folder: string;
}

/**
 * Installs a Python server and trains the pipeline behind our ONNX file with its own scikit-learn.
 *
 * @throws Error if the trained model gives other probabilities
 */
async function trained(name: string): Promise<PythonServer> {
  const folder = path.join(__dirname, 'peers', name);
  const bin = await pythonEnvironment(path.join(folder, 'requirements.txt'));
  const model = path.join(scratch(name), 'model.joblib');
  const printed = await output(path.join(bin, 'python'), [path.join(__dirname, 'train.py'), MODEL, model]);
  const probabilities = JSON.parse(printed) as readonly number[];
  const off = examples.map(({ probability }, index) => Math.abs((probabilities[index] ?? NaN) - probability));
  if (!(Math.max(...off) <= TOLERANCE)) {
    throw new Error(`${name}: the trained model's probabilities are off by ${Math.max(...off)}`);
  }
  await output('cp', ['-r', `${folder}/.`, path.dirname(model)]);
  return { bin, folder: path.dirname(model) };
}

const fastapi = ({ bin, folder }: PythonServer): Subject => ({
  name: FASTAPI,
  command: (port) => ({
    program: path.join(bin, 'uvicorn'),
    args: ['app:app', '--host', '127.0.0.1', '--port', String(port), '--no-access-log'],
    cwd: folder,
    env: {},
  }),
  request: (kind) =>
    kind.encoding === 'predict'
      ? predictRequest(kind, kind.batch === 1 ? '/predict' : '/predict/batch')
      : undefined,
});

const mlserver = ({ bin, folder }: PythonServer, settings: 'plain' | 'batching'): Subject => ({
  name: settings === 'plain' ? MLSERVER : BATCHING,
  starts: settings === 'plain',
  command: (port) => ({
    program: path.join(bin, 'mlserver'),
    args: ['start', settings],
    cwd: folder,
    // 0 takes a free port.
    env: { MLSERVER_HTTP_PORT: String(port), MLSERVER_GRPC_PORT: '0', MLSERVER_METRICS_PORT: '0' },
  }),
  // MLServer has no binary tensors.
  request: (kind) => (kind.encoding === 'v2-json' ? inferRequest(kind, 'predict_proba') : undefined),
});

const bareFastify = (node: string, program: string, { request }: Subject): Subject => ({
  name: BARE,
  command: (port) => ({
    program: node,
    args: [program, String(port)],
    cwd: ROOT,
    env: { NODE_ENV: 'production' },
  }),
  request: (kind) => {
    const found = kind.batch === 1 ? request(kind) : undefined;
    return found && { ...found, path: `/${kind.id}` };
  },
});
