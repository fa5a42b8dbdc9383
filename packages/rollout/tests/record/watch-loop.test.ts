import { setTimeout as sleep } from 'node:timers/promises';
import { ApiError } from '../../src/record/api-error.ts';
import type { LostWatch } from '../../src/record/gaps.ts';
import type { WatchEvent } from '../../src/record/recording.ts';
import { WatchLoop } from '../../src/record/watch-loop.ts';
import { pod } from './kubernetes-objects.ts';

type OnEvent = (type: string, object: unknown) => void;
interface Standing {
  readonly version: string | undefined;
  readonly send: OnEvent;
  readonly end: (why?: unknown) => void;
}

const versioned = (name: string, resourceVersion: string) => {
  const made = pod({ name });
  return { ...made, metadata: { ...made.metadata, resourceVersion } };
};

/** An API server that returns these lists in order, and keeps its watches for the test to drive. */
function server(lists: { version: string; items: unknown[] }[]) {
  const watches: Standing[] = [];
  const refusals: ApiError[] = [];
  const cluster = {
    request: () => {
      const { version, items } = (lists.length > 1 ? lists.shift() : lists[0]) ?? { version: '0', items: [] };
      return Promise.resolve({ metadata: { resourceVersion: version }, items });
    },
    watch: (_: string, query: Readonly<Record<string, string>>, send: OnEvent) => {
      const refusal = refusals.shift();
      if (refusal) return Promise.reject(refusal);
      let end: (why?: unknown) => void = () => undefined;
      const ended = new Promise<unknown>((resolve) => (end = resolve));
      watches.push({ version: query['resourceVersion'], send, end });
      return Promise.resolve({ ended, abort: () => { end(); } }); // prettier-ignore
    },
  };
  return { cluster, watches, refusals };
}

function loopOn(cluster: ReturnType<typeof server>['cluster']) {
  const [seen, gaps, abort]: [string[], LostWatch[], AbortController] = [[], [], new AbortController()];
  const onEvent = ({ type, object }: WatchEvent): number => seen.push(`${type} ${object.metadata.name}`);
  const loop = new WatchLoop({
    cluster,
    kind: 'Pod',
    namespace: 'default',
    now: () => performance.now() / 1000,
    onEvent,
    onGap: (lost) => gaps.push(lost),
    signal: abort.signal,
  });
  return { loop, seen, gaps, stop: () => { abort.abort(); } }; // prettier-ignore
}

async function until(done: () => boolean): Promise<void> {
  for (let tries = 0; !done() && tries < 400; tries++) await sleep(5);
  expect(done()).toBe(true);
}

test('a watch that is cut resumes after its last event, and reports a gap', async () => {
  const { cluster, watches, refusals } = server([{ version: '10', items: [versioned('a', '9')] }]);
  const { loop, seen, gaps, stop } = loopOn(cluster);
  await loop.start();
  await until(() => watches.length === 1);
  watches[0]?.send('ADDED', versioned('b', '11'));
  watches[0]?.send('BOOKMARK', { metadata: { resourceVersion: '15' } });
  refusals.push(new ApiError(0, 'connection refused'));
  watches[0]?.end(new Error('cut'));
  await until(() => watches.length === 2);
  watches[1]?.send('DELETED', versioned('a', '16'));
  stop();
  expect(watches.map(({ version }) => version)).toEqual(['10', '15']);
  expect(seen).toEqual(['ADDED a', 'ADDED b', 'DELETED a']);
  expect(gaps).toMatchObject([{ kind: 'Pod', why: expect.stringContaining('events came late') as string }]);
});

test('lists again if the server no longer has the resource version, and reports the differences', async () => {
  const { cluster, watches } = server([
    { version: '10', items: [versioned('a', '8'), versioned('b', '9')] },
    { version: '90', items: [versioned('b', '50'), versioned('c', '60')] },
  ]);
  const { loop, seen, gaps, stop } = loopOn(cluster);
  await loop.start();
  await until(() => watches.length === 1);
  watches[0]?.send('ERROR', { kind: 'Status', code: 410 });
  watches[0]?.end();
  await until(() => watches.length === 2);
  stop();
  expect(watches[1]?.version).toBe('90');
  expect(seen).toEqual(['ADDED a', 'ADDED b', 'MODIFIED b', 'ADDED c', 'DELETED a']);
  expect(gaps).toMatchObject([
    { why: expect.stringContaining('states in between may be missing') as string },
  ]);
});

test('reports why a watch is lost while it is lost', async () => {
  const { cluster, watches, refusals } = server([{ version: '1', items: [] }]);
  const { loop, stop } = loopOn(cluster);
  await loop.start();
  await until(() => watches.length === 1);
  expect(loop.lost).toBeUndefined();
  refusals.push(...Array.from({ length: 20 }, () => new ApiError(0, 'connection refused')));
  watches[0]?.end(new Error('cut'));
  await until(() => loop.lost !== undefined);
  stop();
  expect(loop.lost?.why).toBe('the watch was cut');
});

test('throws if the server rejects the first list', async () => {
  const { cluster } = server([]);
  const refused = { ...cluster, request: () => Promise.reject(new ApiError(403, 'forbidden')) };
  await expect(loopOn(refused).loop.start()).rejects.toThrow('forbidden');
});
