import { InputError } from '../errors/input-error.ts';
import type { Behaviour } from '../simulation/timings.ts';

/** Prefix of the annotations of a pod template that declare how its image behaves. */
const PREFIX = 'rollout.online-inference/';

const names: Readonly<Record<string, keyof Behaviour>> = {
  boot: 'boot',
  'start-delay': 'startDelay',
  drain: 'drain',
  'crash-after': 'crashAfter',
  'hang-after': 'hangAfter',
  init: 'init',
};

/**
 * Returns what the annotations of a pod template declare: `rollout.online-inference/drain: "6"` is a drain of 6 s.
 *
 * @throws InputError for an unknown annotation of the prefix, and for a value that is no number of seconds
 */
export function declaredBehaviour(annotations: Readonly<Record<string, string>>): Partial<Behaviour> {
  const declared = Object.entries(annotations).filter(([key]) => key.startsWith(PREFIX));
  return Object.fromEntries(
    declared.map(([key, value]) => {
      const name = names[key.slice(PREFIX.length)];
      const where = `spec.template.metadata.annotations["${key}"]`;
      if (name === undefined) {
        const known = Object.keys(names).map((each) => `${PREFIX}${each}`);
        throw new InputError(`${where} is not known, expected ${known.join(', ')}`);
      }
      if (!/^\d+(\.\d+)?$/.test(value))
        throw new InputError(`${where} is ${JSON.stringify(value)}, expected seconds such as "25" or "0.5"`);
      return [name, Number(value)];
    }),
  );
}
