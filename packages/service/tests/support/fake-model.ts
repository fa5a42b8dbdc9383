import { readFileSync } from 'node:fs';
import { readSettings } from '@online-inference/settings';
import { buildApp } from '../../src/app';
import { createLogger } from '../../src/logger';
import { parseCard } from '../../src/model/card';
import { PACKAGED_MODEL } from '../../src/packaged';
import { declarations } from '../../src/settings';
import { listening, type Service } from './service';

export type LogLine = Readonly<Record<string, unknown>>;

export interface FakeModelService extends Service {
  /** Log lines about requests. */
  readonly lines: readonly LogLine[];
}

const card = parseCard(readFileSync(PACKAGED_MODEL.replace(/onnx$/, 'json'), 'utf8'));
const alwaysOne = (rows: Float32Array) => Promise.resolve([...rows].slice(rows.length / -10).fill(1));

/** Starts the service in this process with a fake model, without ONNX Runtime. */
export async function serviceWithFakeModel(
  level = 'silent',
  infer = alwaysOne,
  environment = {},
): Promise<FakeModelService> {
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
    logger: createLogger(level, { write }),
  });
  return { ...(await listening(app)), lines };
}
