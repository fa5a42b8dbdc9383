import type { FastifyInstance } from 'fastify';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { buildApp } from '../src/app';
import { readSettings } from '@online-inference/settings';
import type { Classifier } from '../src/inference/classifier';
import { declarations } from '../src/settings';
import { packagedClassifier } from './service';

const page = mkdtempSync(join(tmpdir(), 'online-inference-page-'));

beforeAll(() => {
  execFileSync(process.execPath, [join(__dirname, '..', 'page.cjs'), page]);
});
afterAll(() => {
  rmSync(page, { recursive: true });
});

/** The service with its page, put together and not listening yet. */
export async function appWithPage(classifier?: Classifier): Promise<FastifyInstance> {
  const settings = readSettings(declarations, {});
  return buildApp({
    settings,
    classifier: classifier ?? (await packagedClassifier(settings)),
    logger: pino({ level: 'silent' }),
    page,
  });
}
