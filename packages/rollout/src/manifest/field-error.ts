/**
 * Errors of fields in the words of the API server: `spec.replicas: Invalid value: -1: must be …`.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.37.0/staging/src/k8s.io/apimachinery/pkg/util/validation/field/errors.go
 */
const withDetail = (start: string, detail: string): string => (detail === '' ? start : `${start}: ${detail}`);
const shown = (value: unknown): string => JSON.stringify(value ?? null);

export const required = (path: string, detail = ''): string => withDetail(`${path}: Required value`, detail);
export const forbidden = (path: string, detail: string): string => `${path}: Forbidden: ${detail}`;
export const invalid = (path: string, value: unknown, detail: string): string =>
  withDetail(`${path}: Invalid value: ${shown(value)}`, detail);
export const duplicate = (path: string, value: unknown): string =>
  `${path}: Duplicate value: ${shown(value)}`;
export const notFound = (path: string, value: unknown): string => `${path}: Not found: ${shown(value)}`;
export const notSupported = (path: string, value: unknown, supported: readonly string[]): string =>
  `${path}: Unsupported value: ${shown(value)}: supported values: ${supported.map(shown).join(', ')}`;

/** Yields an error for a value that is given and is not one of the supported ones. */
export function* oneOf(
  path: string,
  value: string | undefined,
  supported: readonly string[],
): Generator<string> {
  if (value && !supported.includes(value)) yield notSupported(path, value, supported);
}

/** Yields an error for a number below 0. */
export function* nonNegative(path: string, value: number | undefined): Generator<string> {
  if (value !== undefined && value < 0) yield invalid(path, value, 'must be greater than or equal to 0');
}

/** Yields an error for a number outside a range. */
export function* inRange(path: string, value: number, min: number, max: number): Generator<string> {
  if (value < min || value > max) yield invalid(path, value, `must be between ${min} and ${max}, inclusive`);
}
