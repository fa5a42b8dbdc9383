import { types } from 'node:util';

/** Returns the message of anything that was thrown, also by code of another realm, as in tests. */
export const messageOf = (error: unknown): string =>
  types.isNativeError(error) ? error.message : String(error);

/** Returns why a file operation failed, without the path: `ENOENT: no such file or directory`. */
export const fileErrorReason = (error: unknown): string => messageOf(error).replace(/, .*/s, '');
