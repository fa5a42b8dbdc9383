/**
 * What a person gave cannot be worked with: one line that names the wrong value,
 * what is allowed, and where it came from. The command line ends with 2.
 */
export class InputError extends Error {
  override readonly name = 'InputError';
}

/** Why a file could be neither read nor written, without its path: `ENOENT: no such file or directory`. */
export function whyNot(error: unknown): string {
  return String(error).replace(/^Error: |, .*/gs, '');
}
