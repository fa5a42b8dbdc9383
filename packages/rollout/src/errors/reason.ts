/** Returns the message of anything that was thrown, also by code of another realm, as in tests. */
export function messageOf(error: unknown): string {
  const { message } = Object(error) as { readonly message?: unknown };
  return typeof message === 'string' ? message : String(error);
}

/** Returns why a file operation failed, without the path: `ENOENT: no such file or directory`. */
export const fileErrorReason = (error: unknown): string => messageOf(error).replace(/, .*/s, '');
