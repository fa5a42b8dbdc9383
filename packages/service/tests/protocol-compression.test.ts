import fc from 'fast-check';
import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { acceptedCoding, compressed, decompressed } from '../src/protocol/compression';

test.each(['gzip', 'deflate'] as const)('%s gives back what it was given', async (coding) => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array(), async (content) => {
      const body = Buffer.from(content);
      expect(await decompressed(await compressed(body, coding), coding.toUpperCase(), 1000)).toEqual(body);
    }),
    { numRuns: 30 },
  );
});

test.each([
  ['gzip', gzipSync],
  ['deflate', deflateSync],
])('a %s bomb is refused where it passes the limit, and what just fits is not', async (coding, compress) => {
  const zeros = (count: number) => compress(Buffer.alloc(count));
  await expect(decompressed(zeros(5_000_000), coding, 1000)).rejects.toMatchObject({
    statusCode: 413,
    message: 'the body has more than 1000 bytes when decompressed',
  });
  await expect(decompressed(zeros(1001), coding, 1000)).rejects.toMatchObject({ statusCode: 413 });
  expect(await decompressed(zeros(1000), coding, 1000)).toHaveLength(1000);
});

test.each([
  [400, 'gzip', Buffer.from('not compressed')],
  [400, 'gzip', gzipSync('cut short').subarray(0, 15)],
  [400, 'gzip', Buffer.alloc(0)],
  [400, 'deflate', deflateRawSync('without the header of zlib')],
  [415, 'br', Buffer.from('x')],
  [415, 'gzip, gzip', gzipSync(gzipSync('x'))],
  [415, '', Buffer.from('x')],
])('%d for Content-Encoding %s with other data', async (statusCode, encoding, body) => {
  await expect(decompressed(body, encoding, 1000)).rejects.toMatchObject({ statusCode });
});

test.each([
  [undefined, undefined],
  ['', undefined],
  ['gzip', 'gzip'],
  ['deflate', 'deflate'],
  ['GZip;q=0.5, Deflate;Q=0.9', 'deflate'],
  ['gzip, deflate, br', 'gzip'],
  ['*', 'gzip'],
  ['gzip;q=0, *', 'deflate'],
  ['gzip;q=0', undefined],
  ['identity, gzip;q=0.5', undefined],
  ['br', undefined],
  ['gzip;q=x', undefined],
  ['__proto__', undefined],
])('Accept-Encoding %s is answered with %s', (header, coding) => {
  expect(acceptedCoding(header)).toBe(coding);
});
