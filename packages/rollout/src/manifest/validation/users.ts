import { inRange } from '../field-error.ts';

const MAX_INT32 = 2 ** 31 - 1;

interface Users {
  readonly fsGroup?: number;
  readonly runAsUser?: number;
  readonly runAsGroup?: number;
}

/** Yields errors for the numbers of users and groups in a security context. */
export function* checkUsers({ fsGroup, runAsUser, runAsGroup }: Users = {}, path: string): Generator<string> {
  for (const [field, id] of Object.entries({ fsGroup, runAsUser, runAsGroup })) {
    if (id !== undefined) yield* inRange(`${path}.${field}`, id, 0, MAX_INT32);
  }
}
