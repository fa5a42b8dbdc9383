import { comparisonOf, ratioOf, spreadOf, valuesOf } from '../frame/spread';
import type { Aim, Comparison, Spread } from '../frame/topic';
import { SATURATED } from './health';
import { BUILT_IMAGE } from './size';
import { BARE, BATCHING, FASTAPI, MLSERVER, OURS } from './subjects';

type Reason = Readonly<Record<'because', string>>;

const UNLIKE_BARE: Reason = {
  because:
    'The rest is what Fastify alone does not do: the body is checked, its room and its connection are bounded, ONNX Runtime infers, the request gets an id and is counted.',
};

const LOADED: Reason = {
  because:
    'About 65 MiB are files that are mapped, Node.js and ONNX Runtime, which all pods of a node share; load adds compiled code, and garbage that is collected late.',
};

const AT_THE_LIMIT: Reason = {
  because:
    'Its batches share what MLServer does for each request, as ours do; the aim was set against MLServer as it starts.',
};

const STALLS: Reason = {
  because:
    'The median request takes a quarter of a millisecond; the slowest hundredth waits for stalls of some milliseconds, which a bare Fastify has here too, and which delay all that are due meanwhile.',
};

const MIB = 1.048576;
const megabytes = ({ median, min, max }: Spread): Spread => ({
  median: median * MIB,
  min: min * MIB,
  max: max * MIB,
});

/** The aims, judged by the saved runs alone. */
export function aims(comparisons: readonly Comparison[]): Aim[] {
  const of = (id: string): Comparison => comparisonOf(comparisons, id);
  const own = (id: string, measure: string, name = OURS): Spread => spreadOf(valuesOf(of(id), measure, name));
  const times = (id: string, peer: string, limit: number, reason?: Reason): Aim => ({
    what: `${of(id).title}: requests a second, of ${peer}`,
    unit: '×',
    limit,
    better: 'higher',
    measured: ratioOf(of(id), 'rate', OURS, peer),
    ...reason,
  });
  const atMost = (what: string, unit: string, limit: number, measured: Spread, reason?: Reason): Aim => ({
    what,
    unit,
    limit,
    better: 'lower',
    measured,
    ...reason,
  });
  return [
    ...['predict-1', 'v2-json-1', 'v2-binary-1'].map((id) => times(id, BARE, 0.6, UNLIKE_BARE)),
    ...['predict-1', 'predict-32'].map((id) => times(id, FASTAPI, 30)),
    ...['v2-json-1', 'v2-json-32'].map((id) => times(id, MLSERVER, 15)),
    times('v2-json-1', BATCHING, 15, AT_THE_LIMIT),
    atMost('p99 at half load, `/predict`', 'ms', 3, own('half', 'p99'), STALLS),
    atMost('from exec to the first answer', 'ms', 350, own('start', 'first')),
    atMost('resident memory, idle', 'MB', 110, megabytes(own('memory', 'idle'))),
    atMost('resident memory, after load', 'MB', 110, megabytes(own('memory', 'loaded')), LOADED),
    atMost('the image, unpacked, on a stand-in of its base', 'MB', 220, own('size', 'all', BUILT_IMAGE)),
    atMost(
      'health endpoints, p99, while a heavy model is saturated',
      'ms',
      100,
      own('health', 'p99', SATURATED),
    ),
  ];
}
