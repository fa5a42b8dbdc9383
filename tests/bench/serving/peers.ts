import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { installPeer, pip, ROOT, scratch } from '../frame/peers';
import { runProcess } from '../frame/process';
import { post } from './client';
import { KINDS, MODEL_FOLDER, examples } from './kinds';
import { startServer } from './server';
import { node24 } from '../synth/peers';
import { bare, FASTAPI, fastapi, MLSERVER, mlserver, ours, type Subject } from './subjects';

/** Those who are measured, and where the peers that are written in Python are. */
export interface Field {
  readonly node: string;
  readonly ours: Subject;
  readonly subjects: readonly Subject[];
  readonly folders: Readonly<Record<string, string>>;
}

/** Installs the peers, trains their model, and builds ours. */
export async function field(): Promise<Field> {
  await runProcess('npm', ['run', 'build', '--workspace', 'app'], { cwd: ROOT });
  const node = await node24();
  const own = ours(node);
  const [fast, ml] = [await trained('fastapi'), await trained('mlserver')];
  const peers = [fastapi(fast), mlserver(ml, 'plain'), mlserver(ml, 'batching')];
  return {
    node,
    ours: own,
    subjects: [own, ...peers, bare(node, await answersOf(own))],
    folders: { [FASTAPI]: fast, [MLSERVER]: ml },
  };
}

/** How far the peers' probabilities may be from those that the model was exported with. */
const TOLERANCE = 1e-5;

/**
 * Installs a peer, and trains the pipeline that our ONNX file was made from with its own scikit-learn.
 *
 * @throws Error if it gives other probabilities
 */
async function trained(name: string): Promise<string> {
  const folder = await installPeer('serving', name, pip);
  const { stdout } = await runProcess(
    path.join(folder, '.venv/bin/python'),
    [path.join(__dirname, 'train.py'), MODEL_FOLDER, 'model.joblib'],
    { cwd: folder },
  );
  const probabilities = JSON.parse(stdout) as readonly number[];
  const off = examples.map(({ probability }, index) => Math.abs((probabilities[index] ?? NaN) - probability));
  if (!(Math.max(...off) <= TOLERANCE)) {
    throw new Error(`${name}: the trained model's probabilities are off by ${Math.max(...off)}`);
  }
  return folder;
}

/** What a service answers, for the bare server to answer the same. */
async function answersOf(service: Subject): Promise<string> {
  const kinds = KINDS.flatMap((kind) => {
    const request = kind.batch === 1 ? service.request(kind) : undefined;
    return request ? [{ kind, request }] : [];
  });
  const [first] = kinds;
  if (!first) throw new Error('there is nothing to ask for');
  const server = await startServer(service.command, first.request);
  try {
    const answers = [];
    for (const { kind, request } of kinds) {
      const { headers, body } = await post(server.url, request);
      const length = headers['inference-header-content-length'];
      answers.push({
        path: `/${kind.id}`,
        type: headers['content-type'],
        ...(typeof length === 'string'
          ? { length, base64: body.toString('base64') }
          : { json: JSON.parse(body.toString()) as unknown }),
      });
    }
    const file = path.join(scratch('serving', 'answers'), 'answers.json');
    writeFileSync(file, JSON.stringify(answers));
    return file;
  } finally {
    await server.stop();
  }
}
