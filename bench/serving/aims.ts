import { comparisonOf, ratioOf, spreadOf, valuesOf } from '../frame/spread';
import type { Aim, Comparison, Spread } from '../frame/topic';
import { SATURATED } from './health';
import { BUILT_IMAGE } from './size';
import { BARE, BATCHING, FASTAPI, MLSERVER, OURS } from './subjects';

type Reason = Readonly<Record<'because', string>>;

/** What is to be known of the aims that need it. */
const REASONS: Readonly<Record<string, Reason>> = {};

/** The aims, judged by the saved runs alone. */
export function aims(comparisons: readonly Comparison[]): Aim[] {
  const of = (id: string): Comparison => comparisonOf(comparisons, id);
  const own = (id: string, measure: string, name = OURS): Spread => spreadOf(valuesOf(of(id), measure, name));
  const times = (id: string, peer: string, limit: number): Aim => ({
    what: `${of(id).title}: requests a second, of ${peer}`,
    unit: '×',
    limit,
    better: 'higher',
    measured: ratioOf(of(id), 'rate', OURS, peer),
    ...REASONS[id],
  });
  const atMost = (what: string, unit: string, limit: number, measured: Spread): Aim => ({
    what,
    unit,
    limit,
    better: 'lower',
    measured,
  });
  return [
    ...['predict-1', 'v2-json-1', 'v2-binary-1'].map((id) => times(id, BARE, 0.6)),
    ...['predict-1', 'predict-32'].map((id) => times(id, FASTAPI, 30)),
    ...['v2-json-1', 'v2-json-32'].map((id) => times(id, MLSERVER, 15)),
    times('v2-json-1', BATCHING, 15),
    atMost('p99 at half load, `/predict`', 'ms', 3, own('half', 'p99')),
    atMost('from exec to the first answer', 'ms', 350, own('start', 'first')),
    atMost('resident memory, idle', 'MiB', 110, own('memory', 'idle')),
    atMost('resident memory, after load', 'MiB', 110, own('memory', 'loaded')),
    atMost('the image, unpacked, on a stand-in of its base', 'MB', 220, own('size', 'all', BUILT_IMAGE)),
    atMost(
      'health endpoints, p99, while a heavy model is saturated',
      'ms',
      100,
      own('health', 'p99', SATURATED),
    ),
  ];
}
