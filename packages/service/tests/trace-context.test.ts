import { traceContext } from '../src/trace-context';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const PARENT = 'b7ad6b7169203331';

test.each([
  ['a sampled trace', `00-${TRACE}-${PARENT}-01`, '01'],
  ['an unsampled trace', `00-${TRACE}-${PARENT}-00`, '00'],
  ['a trace with undefined flags, without these flags', `00-${TRACE}-${PARENT}-fe`, '00'],
  ['a later version', `cc-${TRACE}-${PARENT}-01`, '01'],
  ['a later version with more fields', `cc-${TRACE}-${PARENT}-01-what-the-future-brings`, '01'],
])('continues %s', (_, traceparent, trace_flags) => {
  expect(traceContext(traceparent)).toMatchObject({ trace_id: TRACE, trace_flags });
});

test.each([
  ['no header', undefined],
  ['an empty header', ''],
  ['two headers, as Node joins them', `00-${TRACE}-${PARENT}-01, 00-${TRACE}-${PARENT}-01`],
  ['version ff', `ff-${TRACE}-${PARENT}-01`],
  ['a version that is not a number', `.0-${TRACE}-${PARENT}-01`],
  ['version 00 with more fields', `00-${TRACE}-${PARENT}-01-more`],
  ['version 00 that ends with a dash', `00-${TRACE}-${PARENT}-01-`],
  ['a later version that continues without a dash', `cc-${TRACE}-${PARENT}-01.what`],
  ['a trace id of zeros', `00-${'0'.repeat(32)}-${PARENT}-01`],
  ['a parent id of zeros', `00-${TRACE}-${'0'.repeat(16)}-01`],
  ['capital letters', `00-${TRACE.toUpperCase()}-${PARENT}-01`],
  ['a trace id too short', `00-${TRACE.slice(1)}-${PARENT}-01`],
  ['a trace id too long', `00-0${TRACE}-${PARENT}-01`],
  ['a parent id too short', `00-${TRACE}-${PARENT.slice(1)}-01`],
  ['flags too short', `00-${TRACE}-${PARENT}-1`],
  ['flags that are not a number', `00-${TRACE}-${PARENT}-0x`],
  ['a newline at its end', `00-${TRACE}-${PARENT}-01\n`],
])('starts a new trace for %s', (_, traceparent) => {
  const { trace_id, trace_flags } = traceContext(traceparent);
  expect(trace_id).toMatch(/^[\da-f]{32}$/);
  expect(trace_id).not.toBe(TRACE);
  expect(trace_flags).toBe('00');
});

test('each request has its own span, even within one trace', () => {
  const spans = Array.from({ length: 100 }, () => traceContext(`00-${TRACE}-${PARENT}-01`).span_id);
  expect(new Set([...spans, PARENT]).size).toBe(101);
  spans.forEach((span) => {
    expect(span).toMatch(/^[\da-f]{16}$/);
  });
});
