import { medianOf, ratioOf, type Aim, type Comparison } from '../results';
import { SATURATED } from './health';
import { BUILT_IMAGE } from './size';
import { BARE, BATCHING, FASTAPI, MLSERVER, OURS } from './subjects';

const UNLIKE_BARE =
  'Fastify alone does not validate the body, bound its memory and its connection, run ONNX Runtime, give the request an ID or count it.';
const AT_THE_LIMIT =
  'Its batches share what MLServer does for each request, as ours do. The aim was set against MLServer without batching.';
const STALLS =
  'The median is a quarter of a millisecond. The slowest hundredth waits for stalls of some milliseconds, which a bare Fastify has here too and which delay every request that is due meanwhile.';
const LOADED =
  'About 65 MiB are mapped files, Node.js and ONNX Runtime, which all pods of a node share. Load adds compiled code and garbage that is collected late.';

const MB_PER_MIB = 1.048576;

/** Judges a result of the topic. */
export function aims(comparisons: readonly Comparison[]): Aim[] {
  const own = (id: string, measure: string, name = OURS) => medianOf(comparisons, id, measure, name);
  const times = (id: string, peer: string, limit: number, because?: string): Aim => ({
    what: `${comparisons.find((each) => each.id === id)?.title ?? id}: requests per second, relative to ${peer}`,
    unit: '×',
    limit,
    better: 'higher',
    measured: ratioOf(comparisons, id, 'rate', [OURS, peer]),
    ...(because !== undefined && { because }),
  });
  const atMost = (what: string, unit: string, limit: number, measured: number, because?: string): Aim => ({
    what,
    unit,
    limit,
    better: 'lower',
    measured,
    ...(because !== undefined && { because }),
  });
  return [
    ...['predict-1', 'v2-json-1', 'v2-binary-1'].map((id) => times(id, BARE, 0.6, UNLIKE_BARE)),
    ...['predict-1', 'predict-32'].map((id) => times(id, FASTAPI, 30)),
    ...['v2-json-1', 'v2-json-32'].map((id) => times(id, MLSERVER, 15)),
    times('v2-json-1', BATCHING, 15, AT_THE_LIMIT),
    atMost('p99 at half load, `/predict`', 'ms', 3, own('half', 'p99'), STALLS),
    atMost('from exec to the first answer', 'ms', 350, own('start', 'first')),
    atMost('resident memory, idle', 'MB', 110, own('memory', 'idle') * MB_PER_MIB),
    atMost('resident memory, after load', 'MB', 110, own('memory', 'loaded') * MB_PER_MIB, LOADED),
    atMost('the image, unpacked, on a stand-in for its base', 'MB', 220, own('size', 'all', BUILT_IMAGE)),
    atMost(
      'the health endpoint, p99, while a heavy model is saturated',
      'ms',
      100,
      own('health', 'p99', SATURATED),
    ),
  ];
}
