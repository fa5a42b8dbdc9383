import { INFER } from '../client';

/** Bytes of one connection and the responses that must follow. */
export interface RawCase {
  readonly name: string;
  readonly bytes: Buffer;
  /** Statuses of the responses, in order. `4xx` is any of them; an empty list means no response. */
  readonly statuses: readonly (number | '4xx')[];
}

const raw = (name: string, bytes: string, ...statuses: (number | '4xx')[]): RawCase => ({
  name,
  bytes: Buffer.from(bytes, 'latin1'),
  statuses,
});

export const CHUNKED = 'Transfer-Encoding: chunked';

const lines = (...all: string[]) => [...all, '', ''].join('\r\n');
const get = (...headers: string[]) => lines('GET /readyz HTTP/1.1', 'Host: x', ...headers);
const post = (body: string, ...headers: string[]) =>
  lines(`POST ${INFER} HTTP/1.1`, 'Host: x', ...headers) + body;
const chunked = (body: string) => post(body, CHUNKED);

/** Ambiguous lengths: what a proxy takes for a body must not become a request here. */
const smuggling: readonly RawCase[] = [
  raw('Content-Length, then chunked', post(`0\r\n\r\n${get()}`, 'Content-Length: 6', CHUNKED), '4xx'),
  raw('chunked, then Content-Length', post(`0\r\n\r\n${get()}`, CHUNKED, 'Content-Length: 6'), '4xx'),
  raw('two Content-Length headers', post('{}x', 'Content-Length: 2', 'Content-Length: 3'), '4xx'),
  raw('two lengths in one header', post('{}x', 'Content-Length: 2, 3'), '4xx'),
  raw('a length with a sign', post('{}', 'Content-Length: +2'), '4xx'),
  raw('a negative length', post('{}', 'Content-Length: -2'), '4xx'),
  raw('a length in hexadecimal', post('{}', 'Content-Length: 0x2'), '4xx'),
  raw('a length of 50 digits', post('{}', `Content-Length: ${'9'.repeat(50)}`), '4xx'),
  raw('a blank before the colon', post('{}', 'Content-Length : 2'), '4xx'),
  raw('a folded length', post('{}', 'Content-Length:', ' 2'), '4xx'),
  raw('chunked twice', post('0\r\n\r\n', 'Transfer-Encoding: chunked, chunked'), '4xx'),
  raw('chunked, then identity', post('0\r\n\r\n', 'Transfer-Encoding: chunked, identity'), '4xx'),
  raw('xchunked', post('0\r\n\r\n', 'Transfer-Encoding: xchunked'), '4xx'),
  raw('chunked after a tab', post('0\r\n\r\n', 'Transfer-Encoding:\tchunked'), '4xx'),
  raw('chunked after NUL', post('0\r\n\r\n', 'Transfer-Encoding: \0chunked'), '4xx'),
  raw('chunked in HTTP/1.0', `POST ${INFER} HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`, '4xx'),
  raw('lines that end with LF alone', post('{}', 'Content-Length: 2').replaceAll('\r\n', '\n'), '4xx'),
  raw('a line feed in a value', post('{}', 'X: a\nTransfer-Encoding: chunked', 'Content-Length: 2'), '4xx'),
  raw('a carriage return in a value', post('{}', 'X: a\rY: b', 'Content-Length: 2'), '4xx'),
  raw('a request in the body', post(get(), `Content-Length: ${get().length}`), 400),
  raw('a request after the body', post('{}', 'Content-Length: 2') + get(), 400, 200),
  // Node closes the connection before the second response.
  raw('bytes after the body', `${post('{}', 'Content-Length: 2')}xx\r\n\r\n`, 400),
];

const chunks: readonly RawCase[] = [
  raw('a chunk', chunked('2\r\n{}\r\n0\r\n\r\n'), 400),
  raw('a chunk with an extension', chunked('2;x=y\r\n{}\r\n0\r\n\r\n'), 400),
  raw('a trailer', chunked('2\r\n{}\r\n0\r\nX: y\r\n\r\n'), 400),
  raw('a chunk without a size', chunked('\r\n{}\r\n0\r\n\r\n'), '4xx'),
  raw('a chunk size that overflows', chunked('fffffffffffffffff\r\n{}'), '4xx'),
  raw('a negative chunk size', chunked('-1\r\n{}'), '4xx'),
  raw('a chunk longer than its size', chunked('1\r\n{}\r\n0\r\n\r\n'), '4xx'),
  raw('a chunk extension of 100 kB', chunked(`2;${'x'.repeat(1e5)}\r\n{}\r\n0\r\n\r\n`), 413),
  // Each chunk takes more memory than its byte: together more than the limit for bodies.
  raw('200,000 chunks', chunked('1\r\n \r\n'.repeat(2e5) + '0\r\n\r\n'), 503),
  raw('two megabytes of chunks', chunked(`10000\r\n${'x'.repeat(65_536)}\r\n`.repeat(32) + '0\r\n\r\n'), 413),
];

const heads: readonly RawCase[] = [
  raw('a header of 10 MB', get(`X: ${'x'.repeat(1e7)}`), 431),
  raw('a header name of 10 MB', get(`${'x'.repeat(1e7)}: y`), 431),
  raw('a million headers', get('X: y\r\n'.repeat(1e6).trimEnd()), 431),
  raw('a path of 10 MB', `GET /${'x'.repeat(1e7)} HTTP/1.1\r\nHost: x\r\n\r\n`, 431),
  raw('a method of 10 MB', `${'X'.repeat(1e7)} / HTTP/1.1\r\n\r\n`, '4xx'),
  raw('no Host', 'GET /readyz HTTP/1.1\r\n\r\n', '4xx'),
  raw('two Host headers', get('Host: y'), 400),
  raw('HTTP/9.9', 'GET /readyz HTTP/9.9\r\nHost: x\r\n\r\n', '4xx'),
  raw('no HTTP version', 'GET /readyz\r\n\r\n', 200),
  raw('HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', '4xx'),
  raw('TLS', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', '4xx'),
  raw('zeros', '\0'.repeat(1_000), '4xx'),
  raw('nothing', ''),
  raw('half a line', 'GET /rea', '4xx'),
  raw('half a head', 'GET /readyz HTTP/1.1\r\nHost: x\r\n', '4xx'),
  raw('half a body', post('{"inp', 'Content-Length: 100'), '4xx'),
  raw('NUL in a value', get('X: a\0b'), '4xx'),
  raw('a blank in a header name', get('X Y: z'), '4xx'),
  raw('an empty header name', get(': z'), '4xx'),
];

const methods: readonly RawCase[] = [
  raw('HEAD', lines('HEAD /readyz HTTP/1.1', 'Host: x'), 200),
  raw('HEAD where only POST is allowed', lines(`HEAD ${INFER} HTTP/1.1`, 'Host: x'), 405),
  raw('OPTIONS', lines(`OPTIONS ${INFER} HTTP/1.1`, 'Host: x'), 405),
  raw('OPTIONS *', lines('OPTIONS * HTTP/1.1', 'Host: x'), '4xx'),
  raw('TRACE', lines('TRACE / HTTP/1.1', 'Host: x', 'X: y'), 405),
  raw('CONNECT', lines('CONNECT x:1 HTTP/1.1', 'Host: x')),
  raw('an unknown method', lines('FROBNICATE / HTTP/1.1', 'Host: x'), '4xx'),
  raw('GET with a body', lines('GET /readyz HTTP/1.1', 'Host: x', 'Content-Length: 5') + 'hello', 200),
  raw('an upgrade', get('Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Key: x'), 200),
  raw(
    'an upgrade to HTTP/2',
    get('Connection: Upgrade, HTTP2-Settings', 'Upgrade: h2c', 'HTTP2-Settings: '),
    200,
  ),
  raw('an unknown expectation', post('{}', 'Content-Length: 2', 'Expect: x'), 417),
  raw('Expect: 100-continue', post('{}', 'Content-Length: 2', 'Expect: 100-continue'), 400),
  raw('an absolute path', lines('GET http://elsewhere/readyz HTTP/1.1', 'Host: x'), 200),
  raw('a path with NUL', lines('GET /v2/models/%00 HTTP/1.1', 'Host: x'), 404),
  raw('a path that is not UTF-8', lines('GET /v2/models/%ff HTTP/1.1', 'Host: x'), 400),
  raw('a path with dots', lines('GET /../../etc/passwd HTTP/1.1', 'Host: x'), 404),
  raw('a path with a long segment', lines(`GET /v2/models/${'x'.repeat(200)} HTTP/1.1`, 'Host: x'), 404),
];

const READYZ = get();
const pipelined = Array.from({ length: 100 }, (_, index) =>
  index % 3 === 2 ? post('{}', 'Content-Length: 2') : READYZ,
);

/** Bytes that are no request, that are two requests, or that no client sends. */
export const rawCases: readonly RawCase[] = [
  ...smuggling,
  ...chunks,
  ...heads,
  ...methods,
  raw(
    '100 pipelined requests',
    pipelined.join(''),
    ...pipelined.map((request) => (request === READYZ ? 200 : 400)),
  ),
];
