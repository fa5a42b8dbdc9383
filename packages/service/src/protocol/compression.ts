import { promisify } from 'node:util';
import { deflate, gunzip, gzip, inflate } from 'node:zlib';
import { shown } from '@online-inference/settings';
import { invalid } from '../validation';
import { atMostAtOnce } from './at-once';

/** HTTP's deflate is the zlib format. @see https://www.rfc-editor.org/rfc/rfc9110.html#section-8.4.1.2 */
const CODINGS = {
  gzip: { compress: promisify(gzip), decompress: promisify(gunzip) },
  deflate: { compress: promisify(deflate), decompress: promisify(inflate) },
};

/** So many threads there are for it, and each deflate takes 256 KiB: more at once would cost memory alone. */
const inTurn = atMostAtOnce(4);

/** As long may a body wait to be decompressed. */
const PATIENCE_MS = 1000;

export type Coding = keyof typeof CODINGS;

const codings = Object.keys(CODINGS) as Coding[];

/** A body that is refused for its coding (415) or its size (413). */
export class RefusedBody extends Error {
  override readonly name = 'RefusedBody';

  constructor(
    readonly statusCode: 413 | 415,
    message: string,
  ) {
    super(message);
  }
}

/**
 * Undoes a request's `Content-Encoding`, and stops when more comes out than is allowed.
 *
 * @param encoding the header's text
 * @param most bytes that may come out
 * @throws RefusedBody for another coding, or too much data
 * @throws InvalidRequest for data that is not of the coding
 * @throws Overloaded if too much is to be decompressed before it
 */
export async function decompressed(
  body: Buffer,
  encoding: string | undefined,
  most: number,
): Promise<Buffer> {
  const name = (encoding ?? 'identity').trim().toLowerCase();
  if (name === 'identity') {
    return body;
  }
  const coding = codings.find((one) => one === name);
  if (!coding) {
    throw new RefusedBody(
      415,
      `Content-Encoding must be ${codings.join(' or ')}, or left out, not ${shown(encoding)}`,
    );
  }
  const refused = ({ code, message }: NodeJS.ErrnoException) =>
    code === 'ERR_BUFFER_TOO_LARGE'
      ? new RefusedBody(413, `the body has more than ${most} bytes when decompressed`)
      : invalid('content-encoding', `the body is not ${coding}: ${message}`);
  return inTurn(
    () =>
      CODINGS[coding].decompress(body, { maxOutputLength: most }).catch((error: unknown) => {
        throw refused(error as NodeJS.ErrnoException);
      }),
    PATIENCE_MS,
  );
}

export function compressed(body: Buffer, coding: Coding): Promise<Buffer> {
  return inTurn(() => CODINGS[coding].compress(body));
}

/**
 * The coding that `Accept-Encoding` likes best; undefined for none.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110.html#section-12.5.3
 */
export function acceptedCoding(header: string | undefined): Coding | undefined {
  const weights = new Map(
    (header ?? '').split(',').map((part) => {
      const [name = '', ...parameters] = part.toLowerCase().split(';');
      const q = parameters.map((one) => /^q=(.+)$/.exec(one.trim())?.[1]).find((one) => one !== undefined);
      return [name.trim(), q === undefined ? 1 : Number(q)] as const;
    }),
  );
  const weight = (coding: string) => weights.get(coding) ?? weights.get('*') ?? 0;
  const [best] = codings.filter((one) => weight(one) > 0).sort((a, b) => weight(b) - weight(a));
  return best && weight(best) >= (weights.get('identity') ?? 0) ? best : undefined;
}
