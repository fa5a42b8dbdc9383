import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { python } from '../kit/tools';
import type { Report } from './report';
import type { Target } from './client';

/** A line of schemathesis's event log, as far as it is read. */
interface Event {
  readonly ScenarioFinished?: {
    readonly recorder: {
      readonly interactions?: Readonly<
        Record<string, { readonly response?: { readonly status_code: number } | null }>
      >;
    };
  };
}

/**
 * Sends what schemathesis derives from the service's own OpenAPI document, and checks every response
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
  const folder = mkdtempSync(path.join(tmpdir(), 'schemathesis-'));
  const events = path.join(folder, 'events.ndjson');
  const args = [
    ...['-m', 'schemathesis.cli', '--config-file', path.join(__dirname, 'schemathesis.toml')],
    ...[
      'run',
      `http://${host}:${port}/openapi.json`,
      '--seed',
      String(seed),
      '--max-examples',
      String(examples),
    ],
    ...['--report', 'ndjson', '--report-ndjson-path', events],
  ];
  try {
    const requirements = path.join(__dirname, 'requirements.txt');
    const { code, stdout, stderr } = await python(requirements, args, { cwd: folder });
    if (code !== 0) report.fail('schemathesis', `${stdout}${stderr}`.slice(-6_000));
    for (const line of readFileSync(events, 'utf8').split('\n').filter(Boolean)) {
      const { recorder } = (JSON.parse(line) as Event).ScenarioFinished ?? {};
      for (const { response } of Object.values(recorder?.interactions ?? {})) {
        report.count('schemathesis', response?.status_code ?? 'no response');
      }
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}
