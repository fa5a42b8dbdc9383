import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { python } from '../../scripts/tools/python';
import { run } from '../../scripts/tools/run';
import type { Tally } from './tally';
import type { Target } from './target';

/**
 * Sends what schemathesis derives from the OpenAPI document that the service itself answers, and has every answer
 * checked against that document.
 *
 * @param examples for each operation, at the most
 */
export async function fuzzFromOpenapi(
  { host, port }: Target,
  examples: number,
  seed: number,
  tally: Tally,
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
  const { code, output } = await run(await schemathesis(), args, { cwd: folder });
  try {
    count(readFileSync(events, 'utf8'), tally);
  } finally {
    rmSync(folder, { recursive: true });
  }
  if (code !== 0) {
    tally.fail('schemathesis', output.slice(-6_000));
  }
}

/** The Python that has it. */
function schemathesis(): Promise<string> {
  return python(path.join(__dirname, 'requirements.txt'), { oldest: [3, 11], newest: [3, 14] });
}

interface Event {
  readonly ScenarioFinished?: {
    readonly recorder: {
      readonly label: string;
      readonly interactions?: Readonly<
        Record<string, { readonly response?: { readonly status_code: number } | null }>
      >;
    };
  };
}

function count(events: string, tally: Tally): void {
  for (const line of events.split('\n').filter(Boolean)) {
    const { recorder } = (JSON.parse(line) as Event).ScenarioFinished ?? {};
    for (const { response } of Object.values(recorder?.interactions ?? {})) {
      const status = response?.status_code ?? 0;
      // It makes JSON, most of which is refused for what it says; but of 400 it cannot be told.
      tally.count('schemathesis', status, status === 200 ? 'answered' : 'http');
    }
  }
}
