// Writes openapi.json: the document of the packaged model, for readers without a running service.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSettings } from '@online-inference/settings';
import { buildApp } from '../src/app';
import { loadClassifier } from '../src/inference/classifier';
import { createLogger } from '../src/logger';
import { PACKAGED_MODEL } from '../src/packaged';
import { declarations } from '../src/settings';

async function write(): Promise<void> {
  const settings = readSettings(declarations, {});
  const classifier = await loadClassifier({
    ...settings,
    inferenceThread: 'never',
    modelPath: PACKAGED_MODEL,
    onnxThreads: 1,
    onThreadExit: console.error,
  });
  const app = buildApp({ settings, classifier, logger: createLogger('silent') });
  const document: unknown = (await app.inject('/openapi.json')).json();
  await app.close();
  writeFileSync(join(__dirname, '..', 'openapi.json'), `${JSON.stringify(document, null, 2)}\n`);
}

void write();
