import { promisify } from 'node:util';
import { deflate, gunzip, gzip, inflate } from 'node:zlib';
import fastq from 'fastq';
import { shown } from '@online-inference/settings';
import { HttpError, invalid, Overloaded } from '../errors/http-error';

/** HTTP's deflate is the zlib format. @see https://www.rfc-editor.org/rfc/rfc9110.html#section-8.4.1.2 */
const CODINGS = {
  gzip: { compress: promisify(gzip), decompress: promisify(gunzip) },
  deflate: { compress: promisify(deflate), decompress: promisify(inflate) },
};

type Coding = keyof typeof CODINGS;

const codings = Object.keys(CODINGS) as Coding[];

/** libuv has 4 threads, and each deflate takes 256 KiB: more at once would only cost memory. */
const MAX_CONCURRENT = 4;

/** Milliseconds that a body may wait for its decompression. */
const PATIENCE_MS = 1000;

const queue = fastq.promise<unknown, () => Promise<Buffer>, Buffer>((work) => work(), MAX_CONCURRENT);

/**
 * Decompresses a body, and stops if the result is too large.
 *
 * @param encoding value of Content-Encoding
 * @param maxBytes largest result in bytes
 * @throws HttpError for an unsupported encoding (415) or too large a result (413)
 * @throws InvalidRequest if the data does not match the encoding
 * @throws Overloaded if the body has waited too long for other decompressions
 */
export async function decompressed(
  body: Buffer,
  encoding: string | undefined,
  maxBytes: number,
): Promise<Buffer> {
  const name = (encoding ?? 'identity').trim().toLowerCase();
  if (name === 'identity') {
    return body;
  }
  const coding = codings.find((one) => one === name);
  if (!coding) {
    throw new HttpError(
      415,
      `Content-Encoding must be ${codings.join(', ')} or absent, not ${shown(encoding)}`,
    );
  }
  const since = performance.now();
  return queue.push(async () => {
    if (performance.now() - since > PATIENCE_MS) {
      throw new Overloaded('waited_too_long');
    }
    try {
      return await CODINGS[coding].decompress(body, { maxOutputLength: maxBytes });
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      throw code === 'ERR_BUFFER_TOO_LARGE'
        ? new HttpError(413, `the body decompresses to more than ${maxBytes} bytes`)
        : invalid('content-encoding', `the body is not valid ${coding}: ${message}`);
    }
  });
}

/** Compresses a body. */
export function compressed(body: Buffer, coding: Coding): Promise<Buffer> {
  return queue.push(() => CODINGS[coding].compress(body));
}

/**
 * Returns the supported coding that `Accept-Encoding` prefers; undefined if it prefers none. By hand, because
 * @fastify/compress compresses every response and bounds neither memory nor waiting time.
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
