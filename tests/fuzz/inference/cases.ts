import fc from 'fast-check';
import { deflateSync, gzipSync } from 'node:zlib';
import { bytes } from './bytes';
import { elements } from './elements';
import { fields } from './fields';
import { NONE, type Mutation } from './mutation';
import { plain, written, type Plain } from './plain';
import type { Row } from './tensors';
import { transport } from './transport';

const MODEL = '/v2/models/heart-disease';
const JSON_LENGTH = 'inference-header-content-length';
const COMPRESS = { gzip: gzipSync, deflate: deflateSync };

/** A request on the wire, and what is to come of it. */
export interface Case {
  readonly mutation: string;
  readonly outcome: Mutation['outcome'];
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly chunked: boolean;
  /** Of an answer: whose probabilities it has. */
  readonly rows: readonly Row[];
}

const mutation = fc.oneof(
  { weight: 3, arbitrary: fc.constant(NONE) },
  { weight: 3, arbitrary: fc.oneof(...fields) },
  { weight: 2, arbitrary: fc.oneof(...elements) },
  { weight: 2, arbitrary: fc.oneof(...bytes) },
  { weight: 1, arbitrary: fc.oneof(...transport) },
);

/** Right inference requests and wrong ones, some of them wrong in two ways. */
export const cases: fc.Arbitrary<Case> = fc
  .tuple(
    plain,
    mutation,
    fc.oneof({ weight: 9, arbitrary: fc.constant(NONE) }, { weight: 1, arbitrary: mutation }),
  )
  .map(([given, first, second]) => caseOf({ ...given, ...second.needs, ...first.needs }, first, second));

function caseOf(given: Plain, first: Mutation, second: Mutation): Case {
  const both = [first, second];
  const { request, binary: data } = written(given);
  const change = first.request ?? second.request ?? ((same) => same);
  const json = pipe(both, 'json', Buffer.from(JSON.stringify(change(request))));
  const binary = pipe(both, 'binary', data);
  const whole = Buffer.concat([json, binary]);
  const length = (first.length ?? second.length ?? defaultLength(given))(json.length, whole.length);
  const body = pipe(both, 'body', whole);
  const coded = given.coding ? COMPRESS[given.coding](body, { level: 1 }) : body;
  return {
    mutation:
      both
        .filter((one) => one !== NONE)
        .map(({ name }) => name)
        .join(' + ') || 'none',
    outcome: outcomeOf(first, second),
    path: `${MODEL}${given.versioned ? '/versions/1' : ''}/infer`,
    headers: {
      ...(length === undefined ? {} : { [JSON_LENGTH]: length }),
      ...(given.coding ? { 'content-encoding': given.coding } : {}),
      ...(given.accepted ? { 'accept-encoding': given.accepted } : {}),
      ...(given.contentType ? { 'content-type': given.contentType } : {}),
      ...second.headers,
      ...first.headers,
    },
    body: pipe(both, 'coded', coded),
    chunked: given.chunked,
    rows: given.rows,
  };
}

function pipe(
  mutations: readonly Mutation[],
  stage: 'json' | 'binary' | 'body' | 'coded',
  data: Buffer,
): Buffer {
  return mutations.reduce((before, one) => one[stage]?.(before) ?? before, data);
}

/** Of JSON alone it may be left out. */
function defaultLength({ encoding, versioned }: Plain): NonNullable<Mutation['length']> {
  return (json) => (encoding === 'binary' || versioned ? String(json) : undefined);
}

/** Two faults may undo each other. */
function outcomeOf(first: Mutation, second: Mutation): Mutation['outcome'] {
  return second === NONE ? first.outcome : first === NONE ? second.outcome : 'either';
}
