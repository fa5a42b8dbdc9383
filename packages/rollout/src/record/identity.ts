import type { IncomingHttpHeaders } from 'node:http';

const FIELDS = ['version', 'build', 'revision', 'commit', 'image'];
const HEADERS = ['x-version', 'x-app-version', 'x-build', 'x-revision'];

/** @see https://www.rfc-editor.org/rfc/rfc6901 */
function pointed(value: unknown, pointer: string): unknown {
  const keys = pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  return keys.reduce<unknown>((node, key) => {
    if (typeof node !== 'object' || node === null) return undefined;
    return new Map<string, unknown>(Object.entries(node)).get(key);
  }, value);
}

const isPlain = (value: unknown): value is string | number =>
  typeof value === 'string' || typeof value === 'number';

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/**
 * What of an answer tells one version of a service from another.
 *
 * @param versionPath a JSON pointer into the body such as `/build`, or a header's name.
 *   @default the body's fields version, build, revision, commit and image, or a header such as X-Version
 * @returns undefined where the answer tells nothing
 */
export function identityOf(
  headers: IncomingHttpHeaders,
  body: string,
  versionPath?: string,
): string | undefined {
  const header = (name: string): string | undefined => headers[name.toLowerCase()]?.toString();
  if (versionPath !== undefined) {
    if (!versionPath.startsWith('/')) return header(versionPath);
    const value = pointed(parsed(body), versionPath);
    return isPlain(value) ? String(value) : undefined;
  }
  const json = parsed(body);
  const found = FIELDS.map((field) => pointed(json, `/${field}`)).filter(isPlain);
  if (found.length > 0) return found.join(' ');
  return HEADERS.map(header).find((value) => value !== undefined);
}
