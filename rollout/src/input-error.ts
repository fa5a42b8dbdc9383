/**
 * What a person gave cannot be worked with: one line that names the wrong value,
 * what is allowed, and where it came from. The command line ends with 2.
 */
export class InputError extends Error {
  override readonly name = 'InputError';
}
