import fc from 'fast-check';
import { deflateSync, gzipSync } from 'node:zlib';
import { INFER } from '../client';
import { byteFaults } from './byte-faults';
import type { Fault, Outcome } from './fault';
import { elementFaults, fieldFaults } from './json-faults';
import { transportFaults } from './transport-faults';
import { rightRequests, written, type RightRequest, type Row } from './right';

const COMPRESS = { gzip: gzipSync, deflate: deflateSync };
const NONE: Fault = { name: 'none', outcome: 'answered' };

/** A request on the wire and what must happen to it. */
export interface Case {
  /** Names of the faults. */
  readonly fault: string;
  readonly outcome: Outcome;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly chunked: boolean;
  /** Rows whose probabilities an answer has. */
  readonly rows: readonly Row[];
}

const fault = fc.oneof(
  { weight: 3, arbitrary: fc.constant(NONE) },
  { weight: 3, arbitrary: fc.oneof(...fieldFaults) },
  { weight: 2, arbitrary: fc.oneof(...elementFaults) },
  { weight: 2, arbitrary: fc.oneof(...byteFaults) },
  { weight: 1, arbitrary: fc.oneof(...transportFaults) },
);

/** Inference requests, right ones and wrong ones. A tenth has two faults. */
export const cases: fc.Arbitrary<Case> = fc
  .tuple(
    rightRequests,
    fault,
    fc.oneof({ weight: 9, arbitrary: fc.constant(NONE) }, { weight: 1, arbitrary: fault }),
  )
  .map(([right, first, second]) => caseOf({ ...right, ...second.needs, ...first.needs }, [first, second]));

function caseOf(right: RightRequest, faults: readonly [Fault, Fault]): Case {
  const [first, second] = faults;
  const { coding, accepted, contentType, versioned, encoding, chunked, rows } = right;
  const through = (stage: 'json' | 'binary' | 'body' | 'coded', data: Buffer): Buffer =>
    faults.reduce((bytes, each) => each[stage]?.(bytes) ?? bytes, data);
  const request = written(right);
  const change = first.request ?? second.request;
  const json = through('json', Buffer.from(JSON.stringify(change ? change(request.json) : request.json)));
  const body = through('body', Buffer.concat([json, through('binary', request.binary)]));
  // JSON alone needs no length.
  const defaultLength = () => (encoding === 'binary' || versioned ? String(json.length) : undefined);
  const length = (first.length ?? second.length ?? defaultLength)(
    json.length,
    json.length + request.binary.length,
  );
  return {
    fault:
      faults
        .map(({ name }) => name)
        .filter((name) => name !== 'none')
        .join(' + ') || 'none',
    // Two faults may undo each other.
    outcome: second === NONE ? first.outcome : first === NONE ? second.outcome : 'either',
    path: versioned ? INFER.replace('/infer', '/versions/1/infer') : INFER,
    headers: {
      ...(length === undefined ? {} : { 'inference-header-content-length': length }),
      ...(coding ? { 'content-encoding': coding } : {}),
      ...(accepted ? { 'accept-encoding': accepted } : {}),
      ...(contentType ? { 'content-type': contentType } : {}),
      ...second.headers,
      ...first.headers,
    },
    body: through('coded', coding ? COMPRESS[coding](body, { level: 1 }) : body),
    chunked,
    rows,
  };
}
