import fc from 'fast-check';
import { deflateSync, gzipSync } from 'node:zlib';
import { INFER, type Sent } from '../client';
import { byteFaults } from './byte-faults';
import type { Fault, Outcome } from './fault';
import { jsonFaults } from './json-faults';
import { encoded, rightRequests, type RightRequest, type Row } from './request';
import { transportFaults } from './transport-faults';

/** A request and what must happen to it. */
export interface Case extends Sent {
  /** Names of the faults. */
  readonly fault: string;
  readonly outcome: Outcome;
  /** Rows whose probabilities an answer has. */
  readonly rows: readonly Row[];
}

const COMPRESS = { gzip: gzipSync, deflate: deflateSync };

const fault = fc.oneof(
  { weight: 5, arbitrary: jsonFaults },
  { weight: 3, arbitrary: byteFaults },
  { weight: 1, arbitrary: transportFaults },
);

/** Inference requests: a quarter are right, two thirds have a fault, the others have two. */
export const cases: fc.Arbitrary<Case> = fc
  .tuple(
    rightRequests,
    fc.oneof(
      { weight: 3, arbitrary: fc.constant([]) },
      { weight: 8, arbitrary: fc.tuple(fault) },
      { weight: 1, arbitrary: fc.tuple(fault, fault) },
    ),
  )
  .map(([right, faults]) => caseOf(right, faults));

function caseOf(plain: RightRequest, faults: readonly Fault[]): Case {
  const right = faults.reduce((request, { needs }) => ({ ...request, ...needs }), plain);
  const through = (stage: 'json' | 'binary' | 'body' | 'coded', data: Buffer): Buffer =>
    faults.reduce((bytes, each) => each[stage]?.(bytes) ?? bytes, data);
  const { coding, versioned } = right;
  const { rows, json: request, binary } = encoded(right);
  const change = faults.find((each) => each.request)?.request;
  const json = through('json', Buffer.from(JSON.stringify(change ? change(request) : request)));
  const body = through('body', Buffer.concat([json, through('binary', binary)]));
  const headers: Record<string, string | undefined> = {
    // JSON alone needs no length.
    'inference-header-content-length':
      right.encoding === 'binary' || versioned ? String(json.length) : undefined,
    'content-encoding': coding,
    'accept-encoding': right.accepted,
    'content-type': right.contentType,
  };
  return {
    fault: faults.map(({ name }) => name).join(' + ') || 'none',
    // Two faults may undo each other.
    outcome: faults.length > 1 ? 'either' : (faults[0]?.outcome ?? 'answered'),
    path: versioned ? INFER.replace('/infer', '/versions/1/infer') : INFER,
    headers: Object.assign(
      headers,
      ...faults.map((each) => each.headers?.(json.length, json.length + binary.length)),
    ) as typeof headers,
    body: through('coded', coding ? COMPRESS[coding](body, { level: 1 }) : body),
    chunked: right.chunked,
    rows,
  };
}
