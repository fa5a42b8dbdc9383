import { ValuePointer } from '@sinclair/typebox/value';
import type { IncomingHttpHeaders } from 'node:http';

const POINTERS = ['/version', '/build', '/revision', '/commit', '/image'];
const HEADERS = ['x-version', 'x-app-version', 'x-build', 'x-revision'];

/** @see https://www.rfc-editor.org/rfc/rfc6901 */
const valueAt = (value: unknown, pointer: string): unknown =>
  [...ValuePointer.Format(pointer)].reduce<unknown>((node, key) => {
    if (typeof node !== 'object' || node === null) return undefined;
    return new Map<string, unknown>(Object.entries(node)).get(key);
  }, value);

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
 * Returns what identifies the version of a service in one of its answers.
 *
 * @param versionPath a JSON pointer into the body such as `/build`, or the name of a header
 *   @default the fields version, build, revision, commit and image of the body, else a header such as X-Version
 * @returns undefined if nothing in the answer identifies the version
 */
export function identityOf(
  headers: IncomingHttpHeaders,
  body: string,
  versionPath?: string,
): string | undefined {
  const header = (name: string): string | undefined => headers[name.toLowerCase()]?.toString();
  if (versionPath !== undefined) {
    if (!versionPath.startsWith('/')) return header(versionPath);
    const value = valueAt(parsed(body), versionPath);
    return isPlain(value) ? String(value) : undefined;
  }
  const json = parsed(body);
  const found = POINTERS.map((pointer) => valueAt(json, pointer)).filter(isPlain);
  if (found.length > 0) return found.join(' ');
  return HEADERS.map(header).find((value) => value !== undefined);
}
