import { setTimeout as sleep } from 'node:timers/promises';
import type { ChangeRequest } from '@online-inference/rollout';
import { record, type Recording } from '@online-inference/rollout/record';
import type { Phase } from './scenario';
import type { Site } from './under-load';

/** What has not settled by then will not. */
const LIMIT_SECONDS = 300;
/** It has settled when nothing has been left to do for so long: an endpoint that is new or gone is known everywhere. */
const QUIET_SECONDS = 2;
const POLL_MS = 100;

/** Changes the workload, and records until it has settled. */
export async function changed(site: Site, name: string, change: ChangeRequest): Promise<Phase> {
  const timeline = await record(site.session, {
    workload: site.workload,
    changes: [change],
    quietSeconds: QUIET_SECONDS,
    limitSeconds: LIMIT_SECONDS,
  });
  return { name, timeline };
}

/**
 * Does something that is no change of the workload, and records until it has settled.
 *
 * @param act returns when what it does has begun to show
 */
export async function acted(site: Site, name: string, act: () => Promise<void>): Promise<Phase> {
  const ending = new AbortController();
  let recording: Recording | undefined;
  const timeline = record(site.session, {
    workload: site.workload,
    watching: true,
    limitSeconds: LIMIT_SECONDS,
    signal: ending.signal,
    onBegin: (begun) => {
      recording = begun;
    },
  });
  try {
    await act();
    await settled(() => recording?.settled ?? false);
  } finally {
    ending.abort();
  }
  return { name, timeline: await timeline };
}

async function settled(isSettled: () => boolean): Promise<void> {
  const deadline = Date.now() + LIMIT_SECONDS * 1000;
  let since = Date.now();
  while (Date.now() < since + QUIET_SECONDS * 1000) {
    await sleep(POLL_MS);
    if (!isSettled()) {
      since = Date.now();
    }
    if (Date.now() > deadline) {
      throw new Error(`not settled within ${LIMIT_SECONDS} s`);
    }
  }
}
