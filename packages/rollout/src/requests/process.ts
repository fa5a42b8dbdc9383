import type { ProcessLife } from '../simulation/process.ts';
import type { Backend } from './endpoints.ts';

/** Seconds that a process takes to answer a request. */
export const SERVICE_SECONDS = 0.005;
/** Seconds after which a request without an answer has failed, as in a recording. */
const TIMEOUT_SECONDS = 5;
/**
 * Seconds from the end of a deleted pod's container until its network is gone: then a connection is no longer refused,
 * there is no route. Measured in docs/evidence, 5-recreate: 0.18 s on 1.27, 0.27 s on 1.35.
 */
const NETWORK_SECONDS = 0.2;

/** Why a request fails, in the words of a recording; undefined for a request that is answered. */
export type Failure = 'ECONNREFUSED' | 'ECONNRESET' | 'EHOSTUNREACH' | 'no answer in 5 s' | undefined;

/** Returns the process that runs at a time, whether or not it listens. */
export function runningAt({ lives }: Backend, time: number): ProcessLife | undefined {
  for (let index = lives.length - 1; index >= 0; index -= 1) {
    const life = lives[index];
    if (life && life.startedAt <= time) return time < life.endedAt ? life : undefined;
  }
  return undefined;
}

/** Returns what a new connection to a pod meets where no process runs. */
export function meetNoProcess({ states, lives }: Backend, time: number): Failure {
  const isDeleted = states.some(({ at, state }) => state === 'terminating' && at <= time);
  const endedAt = lives.at(-1)?.endedAt ?? -Infinity;
  return isDeleted && time >= endedAt + NETWORK_SECONDS ? 'EHOSTUNREACH' : 'ECONNREFUSED';
}

/**
 * Returns what a request to a running process meets. A process that ends takes the requests with it that it has not
 * answered, unless it drains. One that hangs accepts connections, and answers none.
 */
export function meetProcess({ listensAt, hangsAt, endedAt, drained }: ProcessLife, time: number): Failure {
  if (time < listensAt) return 'ECONNREFUSED';
  const answeredAt = time + SERVICE_SECONDS;
  if (answeredAt > hangsAt) return endedAt < time + TIMEOUT_SECONDS ? 'ECONNRESET' : 'no answer in 5 s';
  return answeredAt > endedAt && !drained ? 'ECONNRESET' : undefined;
}
