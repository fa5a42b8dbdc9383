import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fuzzInference } from './inference/run';
import { Tally } from './tally';
import { startSources } from './target';

const ROOT = path.join(__dirname, '../..');

interface Share {
  readonly total: number;
  readonly covered: number;
  readonly pct: number;
}

/** What was run of one file. */
export interface Coverage {
  readonly file: string;
  readonly lines: Share;
  readonly branches: Share;
  readonly functions: Share;
}

/**
 * What inference requests run of the decoder and of the protocol's routes, as V8 counts it in the sources: of the
 * bundle it cannot be told.
 */
export async function coverageOf(count: number, seed: number): Promise<Coverage[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'online-inference-coverage-'));
  try {
    const service = await startSources(folder);
    await fuzzInference(service, count, seed, new Tally());
    await service.end();
    return summarized(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function summarized(folder: string): Coverage[] {
  const report = path.join(folder, 'report');
  const c8 = path.join(path.dirname(require.resolve('c8/package.json')), 'bin', 'c8.js');
  const files = ['--include=packages/service/src/protocol/**', '--include=packages/service/src/routes/v2-*.ts'];
  const written = [`--report-dir=${report}`, '--reporter=json-summary'];
  const args = [c8, 'report', `--temp-directory=${folder}`, ...written, ...files];
  execFileSync(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] });
  const summary = JSON.parse(readFileSync(path.join(report, 'coverage-summary.json'), 'utf8')) as Readonly<
    Record<string, Omit<Coverage, 'file'>>
  >;
  return Object.entries(summary).map(([file, { lines, branches, functions }]) => ({
    file: file === 'total' ? file : path.relative(ROOT, file),
    lines,
    branches,
    functions,
  }));
}
