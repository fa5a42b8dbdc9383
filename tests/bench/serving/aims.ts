import { atLeast, atMost, type Aim, type Figures } from '../results';
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
export function aims(figures: Figures): Aim[] {
  const own = (address: string) => figures.median(address, OURS);
  const ratesTo = (peer: string, limit: number, kinds: readonly string[], because?: string) =>
    kinds.map((id) => {
      const { title = id } = figures.comparisons.find((each) => each.id === id) ?? {};
      const what = `${title}: requests per second, relative to ${peer}`;
      return atLeast(limit, '×', what, figures.ratio(`${id}.rate`, OURS, peer), because);
    });
  const [idle, loaded] = [own('memory.idle') * MB_PER_MIB, own('memory.loaded') * MB_PER_MIB];
  const image = figures.median('size.all', BUILT_IMAGE);
  const health = figures.median('health.p99', SATURATED);
  return [
    ...ratesTo(BARE, 0.6, ['predict-1', 'v2-json-1', 'v2-binary-1'], UNLIKE_BARE),
    ...ratesTo(FASTAPI, 30, ['predict-1', 'predict-32']),
    ...ratesTo(MLSERVER, 15, ['v2-json-1', 'v2-json-32']),
    ...ratesTo(BATCHING, 15, ['v2-json-1'], AT_THE_LIMIT),
    atMost(3, 'ms', 'p99 at half load, `/predict`', own('half.p99'), STALLS),
    atMost(350, 'ms', 'from exec to the first answer', own('start.first')),
    atMost(110, 'MB', 'resident memory, idle', idle),
    atMost(110, 'MB', 'resident memory, after load', loaded, LOADED),
    atMost(220, 'MB', 'the image, unpacked, on a stand-in for its base', image),
    atMost(100, 'ms', 'the health endpoint, p99, while a heavy model is saturated', health),
  ];
}
