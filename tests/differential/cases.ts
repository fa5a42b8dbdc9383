import type { ChangeRequest, Manifest } from '@online-inference/rollout';
import { Draws, type Case } from './draws';
import type { Ground } from './grounds';
import { subjects, type SubjectName } from './subjects';

/** A start delay in seconds after which a rollout has exceeded its progress deadline. */
export const STUCK_SECONDS = 600;

function drawFence(draws: Draws, replicas: number): number | string {
  return draws.chance(0.5)
    ? draws.integer(0, replicas)
    : draws.oneOf('0%', '10%', '25%', '34%', '50%', '75%', '100%');
}

const isZero = (value: number | string): boolean => Number.parseInt(String(value), 10) === 0;

function drawStrategy(draws: Draws, replicas: number): object {
  if (draws.chance(0.08)) return { type: 'Recreate' };
  const [maxSurge, maxUnavailable] = [drawFence(draws, replicas), drawFence(draws, replicas)];
  const bothZero = isZero(maxSurge) && isZero(maxUnavailable);
  return { type: 'RollingUpdate', rollingUpdate: { maxSurge: bothZero ? 1 : maxSurge, maxUnavailable } };
}

const createDeployment = (name: string, template: object, fields: object): Manifest => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name },
  spec: { ...fields, selector: { matchLabels: { app: name } }, template },
});

/** Returns a random case. The same seed and number give the same case. */
export function createCase(seed: number, number: number, ground: Ground): Case {
  const draws = new Draws(seed * 100_003 + number);
  const { images, maxReplicas, setStartDelay } = ground;
  const [v1, v2, v3] = images;
  const name = `c${seed}-${number}`;
  const large = draws.chance(0.1);
  const replicas = large ? draws.integer(maxReplicas, 3 * maxReplicas) : draws.integer(1, maxReplicas);
  const startDelay = { old: draws.oneOf(0, 0.3), new: draws.oneOf(0, 0.2, 0.5, 1, 2, 3.5) };
  const drain = draws.oneOf(0, 0, 0.5, 1.5, 3);
  const stuck = draws.chance(0.03);
  const delay = stuck ? STUCK_SECONDS : startDelay.new;
  const scaled = draws.integer(0, 2 * replicas);
  const first: ChangeRequest = draws.chance(0.12)
    ? { replicas: scaled }
    : {
        image: v2,
        ...(delay !== startDelay.old && { set: [setStartDelay(delay)] }),
        ...(draws.chance(0.12) && { replicas: scaled }),
      };
  const at = draws.integer(2, 60) / 10;
  const rollback = { at, image: v1, ...(first.set && { set: [setStartDelay(startDelay.old)] }) };
  const second = draws.oneOf<ChangeRequest>(
    { at, replicas: draws.integer(0, 2 * replicas) },
    { at, image: v3 },
    rollback,
  );
  return {
    name,
    manifest: createDeployment(name, ground.createTemplate(name, startDelay.old, drain), {
      replicas,
      minReadySeconds: draws.oneOf(0, 0, 0, 1, 2, 4),
      progressDeadlineSeconds: stuck ? 10 : 120,
      strategy: drawStrategy(draws, replicas),
    }),
    requests: first.image !== undefined && draws.chance(0.35) ? [first, second] : [first],
    startDelay: { ...startDelay, new: delay },
    drain,
  };
}

/** Returns a case of one Deployment with many pods, which gets a new image. */
export function createLargeCase(ground: Ground, replicas = 1000): Case {
  const name = 'thousand';
  const startDelay = { old: 0.5, new: 1 };
  return {
    name,
    manifest: createDeployment(name, ground.createTemplate(name, startDelay.old, 0), { replicas }),
    requests: [{ image: ground.images[1], set: [ground.setStartDelay(startDelay.new)] }],
    startDelay,
    drain: 0,
  };
}

/** Which cases are drawn. */
export interface Selection {
  readonly seed: number;
  /** Number of random cases. */
  readonly count: number;
  /** Adds the case of a thousand pods. */
  readonly thousand: boolean;
  /** @default - Deployments of all kinds */
  readonly subject?: SubjectName | undefined;
}

/** Returns the cases of a selection. */
export function selectCases({ seed, count, thousand, subject }: Selection, ground: Ground): Case[] {
  const random = Array.from({ length: count }, (_, number) => {
    const each = createCase(seed, number, ground);
    return subject ? subjects[subject](each, new Draws(seed * 100_003 + number + 0.5), ground) : each;
  });
  return thousand ? [...random, createLargeCase(ground)] : random;
}
