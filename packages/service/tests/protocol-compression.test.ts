import fc from 'fast-check';
import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { Overloaded } from '../src/errors/http-error';
import { acceptedCoding, compressed, decompressed } from '../src/protocol/compression';

test.each(['gzip', 'deflate'] as const)('%s decompresses to the original', async (coding) => {
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
])('refuses a %s bomb at the limit, and accepts what just fits', async (coding, compress) => {
  const zeros = (count: number) => compress(Buffer.alloc(count));
  await expect(decompressed(zeros(5_000_000), coding, 1000)).rejects.toMatchObject({
    statusCode: 413,
    message: 'the body decompresses to more than 1000 bytes',
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
])('%d for Content-Encoding %s with data that does not match', async (statusCode, encoding, body) => {
  await expect(decompressed(body, encoding, 1000)).rejects.toMatchObject({ statusCode });
});

test('refuses a body that has waited too long for its decompression', async () => {
  const now = jest.spyOn(performance, 'now').mockReturnValueOnce(0).mockReturnValue(1001);
  await expect(decompressed(gzipSync('x'), 'gzip', 1000)).rejects.toEqual(new Overloaded('waited_too_long'));
  now.mockRestore();
  expect(String(await decompressed(gzipSync('x'), 'gzip', 1000))).toBe('x');
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
])('Accept-Encoding %s selects %s', (header, coding) => {
  expect(acceptedCoding(header)).toBe(coding);
});
