import { readFileSync } from 'node:fs';
import { setImmediate as turn } from 'node:timers/promises';
import {
  BaseImage,
  Cluster,
  newLatencyProvider,
  type ImageConstructor,
  type ProcessContext,
} from '@ngrok/webernetes';
import type { Change, Timeline } from '@online-inference/rollout';
import { Recording, type WatchEvent } from '@online-inference/rollout/record';
import type { RivalAnswer, RivalCase } from './rival';

/** How far the clock goes in one step, in milliseconds. */
const STEP_MS = 2;
/** Turns of the event loop after a step, in which the promises of the cluster go on. */
const TURNS = 2;
/** How long the cluster starts before its first Deployment is created, in seconds. */
const START_SECONDS = 3;
/** How long the Deployment must be at rest, in seconds. */
const QUIET_SECONDS = 1;
/** Longest time for the Deployment to settle before its change, in seconds. */
const SETTLE_SECONDS = 180;

const EVENTS = { add: 'ADDED', update: 'MODIFIED', delete: 'DELETED' } as const;
const KINDS = { deployments: 'Deployment', replicasets: 'ReplicaSet', pods: 'Pod' } as const;

/** Returns an image that behaves as the pods of the cases do. */
function createImage(imageName: string, imageVersion: string): ImageConstructor {
  return class Service extends BaseImage {
    static readonly imageName = imageName;
    static readonly imageVersion = imageVersion;
    readonly defaultCommand = ['serve'];

    override async exec(context: ProcessContext, argv: readonly string[]): Promise<number> {
      if (argv[0] !== 'serve') return await super.exec(context, argv);
      const read = (name: string): number => 1000 * Number(context.env.get(name) ?? 0);
      const crash = read('CRASH_AFTER_SECONDS');
      if (crash > 0) context.setTimeout(() => context.exit(1), crash);
      await context.sleep(read('START_DELAY_SECONDS'));
      context.listenHttp(8000, () => Promise.resolve({ status: 200, body: '' }));
      return await context.waitUntilKilled();
    }
  };
}

const splitImage = (image: string): [name: string, version: string] => {
  const colon = image.lastIndexOf(':');
  return [image.slice(0, colon), image.slice(colon + 1)];
};

/** Rolls out a case in the simulated cluster, and records it as a real one is recorded. */
class RivalRun {
  readonly #cluster: Cluster;
  readonly #seen: WatchEvent[] = [];
  readonly #zero: number;
  #recording: Recording | undefined;
  #held: WatchEvent[] | undefined;

  constructor(images: readonly string[], nodes: number) {
    const latencyProvider = newLatencyProvider({
      containerTerminationLatency: (_, { container }) =>
        1000 * Number(container.env?.find(({ name }) => name === 'DRAIN_DELAY_SECONDS')?.value ?? 0),
    });
    this.#cluster = new Cluster({ nodes, latencyProvider });
    for (const image of images) this.#cluster.registerImage(createImage(...splitImage(image)));
    this.#zero = this.#cluster.clock.nowMs();
  }

  get now(): number {
    return (this.#cluster.clock.nowMs() - this.#zero) / 1000;
  }

  async boot(): Promise<void> {
    const { clock } = this.#cluster;
    clock.pause();
    await this.#settle(this.#cluster.init());
    for (const resource of ['deployments', 'replicasets', 'pods'] as const) {
      this.#cluster.informer(resource, (type, object) => {
        const copy = { kind: KINDS[resource], ...(JSON.parse(JSON.stringify(object)) as object) };
        const event = { at: this.now, type: EVENTS[type], object: copy as WatchEvent['object'] };
        this.#seen.push(event);
        if (this.#held) this.#held.push(event);
        else this.#recording?.observe(event);
      });
    }
    await this.#advance(() => this.now > START_SECONDS, START_SECONDS);
  }

  async apply(manifest: object): Promise<WatchEvent['object']> {
    const [result] = await this.#settle(this.#cluster.apply([manifest]));
    return { kind: 'Deployment', ...(JSON.parse(JSON.stringify(result)) as object) } as WatchEvent['object'];
  }

  /** Begins a recording of a workload, with everything that exists. */
  record(workload: WatchEvent['object']): Recording {
    const epoch = this.#zero / 1000;
    const recording = new Recording(this.now, workload as ConstructorParameters<typeof Recording>[1], epoch);
    for (const event of this.#seen) recording.observe({ ...event, at: this.now });
    this.#recording = recording;
    return recording;
  }

  /** Makes a change. What follows from it within the same moment counts as later than the change. */
  async change(recording: Recording, change: Change, manifest: object): Promise<void> {
    const at = this.now;
    this.#held = [];
    const result = await this.apply(manifest);
    recording.addChange(at, change, result as Parameters<Recording['addChange']>[2]);
    for (const event of this.#held) recording.observe(event);
    this.#held = undefined;
  }

  /** Lets time pass until the workload is at rest. */
  async rest(recording: Recording, limitSeconds: number): Promise<boolean> {
    let quietSince = Infinity;
    return await this.#advance(() => {
      const moving = !recording.settled && recording.stallReason === undefined;
      quietSince = moving ? Infinity : Math.min(quietSince, this.now);
      return this.now >= quietSince + QUIET_SECONDS;
    }, limitSeconds);
  }

  async until(at: number): Promise<void> {
    await this.#advance(() => this.now >= at, Infinity);
  }

  async #advance(done: () => boolean, limitSeconds: number): Promise<boolean> {
    const limit = this.now + limitSeconds;
    while (!done() && this.now < limit) {
      this.#cluster.clock.step(STEP_MS);
      for (let index = 0; index < TURNS; index += 1) await turn();
    }
    return done();
  }

  /** Lets time pass until a promise of the cluster settles. */
  async #settle<Value>(promise: Promise<Value>): Promise<Value> {
    const state = { pending: true };
    const settled = promise.finally(() => (state.pending = false));
    settled.catch(() => undefined);
    if (!(await this.#advance(() => !state.pending, SETTLE_SECONDS)))
      throw new Error(`the cluster did not answer within ${SETTLE_SECONDS} s`);
    return await settled;
  }
}

async function predictWithRival({ before, changes, images, nodes, limit }: RivalCase): Promise<Timeline> {
  const run = new RivalRun(images, nodes);
  await run.boot();
  const creation = run.record(await run.apply(before));
  await run.rest(creation, SETTLE_SECONDS);
  if (!creation.settled) throw new Error(`did not settle before its change within ${SETTLE_SECONDS} s`);
  const recording = run.record(await run.apply(before));
  for (const { manifest, change } of changes) {
    if (change.at > 0) await run.until(recording.zero + change.at);
    await run.change(recording, change, manifest);
  }
  const rests = await run.rest(recording, limit);
  const message = recording.stallReason;
  const reason = !rests ? 'limit' : message === undefined ? 'settled' : 'stalled';
  return recording.timeline({ at: run.now, reason, ...(message !== undefined && { message }) });
}

const begin = performance.now();
void predictWithRival(JSON.parse(readFileSync(0, 'utf8')) as RivalCase).then((timeline) => {
  const seconds = (performance.now() - begin) / 1000;
  process.stdout.write(JSON.stringify({ timeline, seconds } satisfies RivalAnswer), () => process.exit(0));
});
