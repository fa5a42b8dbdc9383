// Writes the OpenAPI document of the packaged model to openapi.json, for those who read it without a running service.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { buildApp } from '../src/app';
import { readSettings } from '@online-inference/settings';
import { loadClassifier } from '../src/inference/classifier';
import { declarations } from '../src/settings';
import { PACKAGED_MODEL } from '../src/start';

async function write(): Promise<void> {
  const settings = readSettings(declarations, {});
  const app = buildApp({
    settings,
    classifier: await loadClassifier({
      ...settings,
      inferenceThread: 'never',
      modelPath: PACKAGED_MODEL,
      onnxThreads: 1,
      died: console.error,
    }),
    logger: pino({ level: 'silent' }),
  });
  const document: unknown = (await app.inject('/openapi.json')).json();
  await app.close();
  writeFileSync(join(__dirname, '..', 'openapi.json'), `${JSON.stringify(document, null, 2)}\n`);
}

void write();
