import { InputError } from '../errors/input-error.ts';

const suffixes: Readonly<Record<string, number>> = {
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};
/** Divided by, as 700 × 0.001 is more than 0.7. */
const divisors: Readonly<Record<string, number>> = { n: 1e9, u: 1e6, m: 1e3 };

/**
 * Returns the number that a Kubernetes quantity stands for: `250m` is 0.25, `64Mi` is 67108864.
 *
 * The Kubernetes client parses quantities too, but loading it takes longer than a whole prediction.
 *
 * @param origin where the value came from, for the error message
 * @throws InputError for anything that is no quantity
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export function parseQuantity(value: string | number, origin: string): number {
  const [, number, suffix = ''] =
    /^\+?([0-9]+\.?[0-9]*(?:[eE][+-]?[0-9]+)?|\.[0-9]+)([a-zA-Z]*)$/.exec(String(value)) ?? [];
  const factor = suffixes[suffix] ?? divisors[suffix];
  if (number === undefined || factor === undefined) {
    throw new InputError(
      `${origin} is ${JSON.stringify(value)}, expected a quantity such as 250m, 2 or 64Mi`,
    );
  }
  return suffix in divisors ? Number(number) / factor : Number(number) * factor;
}
