import type { Answer } from '../client';
import type { Case } from './cases';

/** How far a request came: refused by HTTP, while it was parsed, for what it says, or answered; or no room for it. */
export type Stage = 'http' | 'parsing' | 'meaning' | 'answered' | 'busy';

/** What the errors say that the decoder raises before it has the request's JSON and the binary data after it. */
const PARSING =
  /^(the body must (be JSON|hold an inference request as JSON)|the JSON of the body must be UTF-8|the body is not (gzip|deflate)|Inference-Header-Content-Length must)/;

export interface Judged {
  readonly stage: Stage;
  /** What the service told, without the values of this request. */
  readonly told: string;
}

interface Output {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data?: readonly number[];
  readonly parameters?: { readonly binary_data_size: number };
}

/** @throws Error if the answer is none that may come of the request */
export function judge(sent: Case, answer: Answer): Judged {
  if (answer.status === 503 && answer.headers['retry-after'] !== undefined) {
    return { stage: 'busy', told: 'no room' };
  }
  if (answer.status === 200 && sent.outcome !== 'refused') {
    checkOutputs(sent, answer);
    return { stage: 'answered', told: 'outputs' };
  }
  if (answer.status < 400 || answer.status >= 500 || sent.outcome === 'answered') {
    throw new Error(
      `${sent.mutation}: ${sent.outcome} was to come, not ${answer.status} ${answer.body.toString().slice(0, 300)}`,
    );
  }
  const { error } = JSON.parse(answer.body.toString()) as { error?: unknown };
  if (typeof error !== 'string' || error.length < 10) {
    throw new Error(
      `${sent.mutation}: ${answer.status} without an error in ${answer.body.toString().slice(0, 300)}`,
    );
  }
  return { stage: stageOf(answer.status, error), told: `${answer.status} ${pattern(error)}` };
}

function stageOf(status: number, error: string): Stage {
  return status !== 400 ? 'http' : PARSING.test(error) ? 'parsing' : 'meaning';
}

function pattern(error: string): string {
  return error
    .replace(/not (an? )?["[{].*/s, 'not …')
    .replace(/"[^"]*"/g, '…')
    .replace(/-?\d[\d.e+]*/g, 'N')
    .slice(0, 60);
}

function checkOutputs({ mutation, rows, outcome }: Case, answer: Answer): void {
  const length = Number(answer.headers['inference-header-content-length'] ?? answer.body.length);
  const { outputs } = JSON.parse(answer.body.subarray(0, length).toString()) as {
    outputs: readonly Output[];
  };
  let at = length;
  for (const output of outputs) {
    const size = output.parameters?.binary_data_size ?? 0;
    const values = output.data ?? numbers(output.name, answer.body.subarray(at, at + size));
    at += size;
    const right = values.every((value, row) =>
      plausible(output.name, value, outcome === 'answered' ? rows[row] : {}),
    );
    if (
      !right ||
      values.length !== output.shape[0] ||
      (outcome === 'answered' && values.length !== rows.length)
    ) {
      throw new Error(`${mutation}: wrong output ${JSON.stringify(output).slice(0, 300)}`);
    }
  }
  if (at !== answer.body.length) {
    throw new Error(`${mutation}: ${answer.body.length - at} bytes after the outputs`);
  }
}

function numbers(name: string, data: Buffer): number[] {
  return name === 'label'
    ? Array.from({ length: data.length / 8 }, (_, index) => Number(data.readBigInt64LE(index * 8)))
    : Array.from({ length: data.length / 4 }, (_, index) => data.readFloatLE(index * 4));
}

function plausible(name: string, value: number, row: { readonly probability?: number } | undefined): boolean {
  if (row?.probability === undefined) {
    return row !== undefined && value >= 0 && value <= 1;
  }
  return name === 'label'
    ? value === Number(row.probability >= 0.5)
    : Math.abs(value - row.probability) < 1e-6;
}
