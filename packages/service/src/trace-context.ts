import { randomBytes } from 'node:crypto';

/**
 * Trace fields of a log line, named as OpenTelemetry names them.
 *
 * @see https://opentelemetry.io/docs/specs/otel/compatibility/logging_trace_context/
 */
export interface TraceContext {
  /** 32 hexadecimal digits: the caller's trace, or a new one. */
  readonly trace_id: string;
  /** 16 hexadecimal digits: this request's own span. */
  readonly span_id: string;
  /** `01` if the caller samples the trace, otherwise `00`. */
  readonly trace_flags: string;
}

/** version, trace-id, parent-id, trace-flags, and fields that only a later version may add. */
const TRACEPARENT = /^(?!ff)([\da-f]{2})-(?!0{32})([\da-f]{32})-(?!0{16})[\da-f]{16}-([\da-f]{2})(-.*)?$/;

const SAMPLED = 1;

/**
 * Continues the trace of a `traceparent` header, or starts a trace if the header is missing or invalid. `tracestate`
 * is ignored, because this service sends no requests.
 *
 * @see https://www.w3.org/TR/trace-context/#traceparent-header
 */
export function traceContext(traceparent: unknown): TraceContext {
  const span_id = randomBytes(8).toString('hex');
  const [, version, trace_id, flags, more] =
    typeof traceparent === 'string' ? (TRACEPARENT.exec(traceparent) ?? []) : [];
  if (trace_id === undefined || flags === undefined || (version === '00' && more !== undefined)) {
    return { trace_id: randomBytes(16).toString('hex'), span_id, trace_flags: '00' };
  }
  return { trace_id, span_id, trace_flags: parseInt(flags, 16) & SAMPLED ? '01' : '00' };
}
