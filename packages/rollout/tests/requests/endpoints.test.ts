import { followEndpoints, type Backend } from '../../src/requests/endpoints.ts';
import { defaultTimings } from '../../src/simulation/timings.ts';

type States = [number, Backend['states'][number]['state']][];

const backend = (...states: States): Backend => ({
  version: 'old',
  lives: [],
  states: states.map(([at, state]) => ({ at, state })),
});

/** Returns when the rules change, and the index of each pod that they send to. */
const follow = (backends: Backend[], timings = defaultTimings): [number, number[]][] =>
  followEndpoints(backends, timings, (median) => median).map((rules) => [
    Number(rules.at.toFixed(3)),
    rules.backends.map((each) => backends.indexOf(each)),
  ]);

/** Like kube-proxy's own cases: pkg/proxy/topology_test.go `TestCategorizeEndpoints`. */
describe('a Service sends to', () => {
  test('pods that are ready, once the EndpointSlice and the rules are written', () => {
    expect(follow([backend([-1, 'ready']), backend([1, 'pending'], [2, 'starting'], [5, 'ready'])])).toEqual([
      [-Infinity, [0]],
      [2.03, [0]],
      [5.03, [0, 1]],
    ]);
  });

  test('no pod that terminates while another one is ready', () => {
    expect(follow([backend([-1, 'ready']), backend([-1, 'ready'], [5, 'terminating'])]).at(-1)).toEqual([
      5.03,
      [0],
    ]);
  });

  test('pods that serve while they terminate when no other is left', () => {
    const rules = follow([
      backend([-1, 'ready'], [5, 'terminating'], [11, 'gone']),
      backend([-1, 'unready'], [5, 'terminating'], [11, 'gone']),
    ]);
    expect(rules.at(1)).toEqual([5.03, [0]]);
    expect(rules.at(-1)?.[1]).toEqual([]);
  });

  test('no pod that is unready or has crashed', () => {
    expect(follow([backend([-1, 'ready'], [5, 'crashed'], [8, 'unready'], [9, 'ready'])])).toEqual([
      [-Infinity, [0]],
      [5.03, []],
      [8.03, []],
      [9.03, [0]],
    ]);
  });
});

test('kube-proxy writes its rules twice in a row, and then once a second', () => {
  const backends = [5, 5.1, 5.2, 5.3].map((at) => backend([-1, 'ready'], [at, 'terminating']));
  expect(follow([backend([-1, 'ready']), ...backends]).map(([at]) => at)).toEqual([
    -Infinity,
    5.03,
    5.13,
    6.03,
  ]);
});

test('kube-proxy writes at once without a shortest interval', () => {
  const backends = [5, 5.1, 5.2].map((at) => backend([-1, 'ready'], [at, 'terminating']));
  const at = follow(backends, { ...defaultTimings, proxyInterval: 0 }).map(([each]) => each);
  expect(at).toEqual([-Infinity, 5.03, 5.13, 5.23]);
});
