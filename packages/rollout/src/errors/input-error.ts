/**
 * An error in what the user gave: one line with the wrong value, the allowed values, and where
 * the value came from. The command line exits with code 2.
 */
export class InputError extends Error {
  override readonly name = 'InputError';
}
