import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { python } from '../kit/tools';
import type { Target } from './client';
import type { Report } from './report';

/**
 * Sends what schemathesis derives from the service's own OpenAPI document. Schemathesis checks every response
 * against that document.
 *
 * @param examples at most, for each operation
 */
export async function fuzzOpenapi(
  { host, port }: Target,
  examples: number,
  seed: number,
  report: Report,
): Promise<void> {
  const config = path.join(__dirname, 'schemathesis.toml');
  const options = ['--seed', String(seed), '--max-examples', String(examples)];
  const url = `http://${host}:${port}/openapi.json`;
  const args = ['-m', 'schemathesis.cli', '--config-file', config, 'run', url, ...options];
  // Schemathesis writes its cache to the working directory.
  const cwd = mkdtempSync(path.join(tmpdir(), 'schemathesis-'));
  try {
    const { code, stdout, stderr } = await python(path.join(__dirname, 'requirements.txt'), args, { cwd });
    const passed = Number(/(\d+) generated, \1 passed/.exec(stdout)?.[1] ?? 0);
    report.count('schemathesis', 'passed', 'an OpenAPI case', passed);
    if (code !== 0 || passed === 0) report.fail('schemathesis', `${stdout}${stderr}`.slice(-6_000));
  } finally {
    rmSync(cwd, { recursive: true });
  }
}
