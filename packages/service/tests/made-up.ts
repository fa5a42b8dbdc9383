import { readFileSync } from 'node:fs';
import { pino } from 'pino';
import { buildApp } from '../src/app';
import { readSettings } from '@online-inference/settings';
import { parseCard } from '../src/model/card';
import { declarations } from '../src/settings';
import { PACKAGED_MODEL } from '../src/start';
import { listening, type Service } from './service';

export type LogLine = Readonly<Record<string, unknown>>;

export interface MadeUp extends Service {
  /** What was logged of requests. */
  readonly lines: readonly LogLine[];
}

const card = parseCard(readFileSync(PACKAGED_MODEL.replace(/onnx$/, 'json'), 'utf8'));
const certain = (rows: Float32Array) => Promise.resolve([...rows].slice(rows.length / -10).fill(1));

/** The service with a classifier that is made up, and without ONNX Runtime. */
export async function madeUp(level = 'silent', infer = certain, environment = {}): Promise<MadeUp> {
  const lines: LogLine[] = [];
  const write = (text: string) => {
    const line = JSON.parse(text) as LogLine;
    if ('request_id' in line) {
      lines.push(line);
    }
  };
  const app = buildApp({
    settings: readSettings(declarations, environment),
    classifier: { card, input: 'features', threaded: false, queue: { infer, length: 0, full: false } },
    logger: pino({ level, base: null, formatters: { level: (label) => ({ level: label }) } }, { write }),
  });
  return { ...(await listening(app)), lines };
}
