import type { Coverage } from './coverage';
import type { Memory } from './judgement';
import type { Slow } from './slow';
import type { Tally } from './tally';

/** All that is told of a run. */
export interface Report {
  readonly command: string;
  readonly seed: number;
  readonly seconds: number;
  readonly node: string;
  readonly tally: Tally;
  readonly memory: Memory;
  readonly slow: readonly Slow[];
  readonly coverage: readonly Coverage[];
  /** So many inference requests tell that. */
  readonly covered: number;
}

/** Rows of what the service said: many quote what only one request had. */
const MOST_TOLD = 40;

type Row = readonly (string | number)[];

const STAGES = {
  answered: 'answered',
  meaning: 'refused for what it says: it had been parsed',
  parsing: 'refused while it was parsed',
  http: 'refused by HTTP, or no request',
  busy: '503: no room',
} as const;

/** Requests that got past parsing, as a share of all. */
export function parsedShare({ stages, requests }: Tally): number {
  return ((stages['answered'] ?? 0) + (stages['meaning'] ?? 0)) / requests;
}

/** The report for people, in Markdown. */
export function markdown(report: Report): string {
  const { tally, memory, slow, coverage } = report;
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  const counts = (counted: Readonly<Record<string, number>>): Row[] =>
    Object.entries(counted).sort(([, a], [, b]) => b - a);
  const mutations = Object.entries(tally.mutations)
    .map(([name, stages]): Row => [name, ...Object.keys(STAGES).map((stage) => stages[stage] ?? 0)])
    .sort(([a], [b]) => String(a).localeCompare(String(b)));
  return [
    '# The fuzz',
    `\`${report.command}\`, seed ${report.seed}, ${report.seconds} s, ${report.node}. Written by the command itself; report.json has all of it.`,
    `${tally.requests} requests, of which ${percent(parsedShare(tally))} got past parsing, and ${tally.goodRequests} right ones in between, each answered with the model's own figure. ${tally.failures.length} failures.`,
    table(
      ['requests', 'kind'],
      counts(tally.phases).map(([kind, count]) => [count ?? 0, kind ?? '']),
    ),
    table(
      ['requests', 'status'],
      counts(tally.statuses).map(([status, count]) => [count ?? 0, status ?? '']),
    ),
    table(
      ['requests', 'how far they came'],
      Object.entries(STAGES).map(([stage, words]) => [tally.stages[stage] ?? 0, words]),
    ),
    '## Memory',
    `Resident, in MiB, of ${memory.samples} samples: ${memory.first} at first, ${memory.most} at the most; the median of the second quarter is ${memory.early}, that of the last ${memory.late}.`,
    ...(slow.length > 0
      ? [
          '## Connections held open',
          table(
            ['what is sent', 'connections', 'ended by the service', 'the last after'],
            slow.map(({ kind, connections, ended, seconds }) => [
              kind,
              connections,
              ended,
              ended ? `${seconds} s` : '',
            ]),
          ),
        ]
      : []),
    '## What was run of the decoder and its routes',
    `By ${report.covered} of the inference requests, sent to the sources in place of the bundle.`,
    table(
      ['file', 'lines', 'branches', 'functions'],
      coverage.map(({ file, ...shares }) => [
        file,
        ...[shares.lines, shares.branches, shares.functions].map(
          ({ pct, covered, total }) => `${pct} % (${covered}/${total})`,
        ),
      ]),
    ),
    '## What was done to the requests',
    table(['what', ...Object.keys(STAGES)], mutations),
    '## What the service said',
    table(
      ['requests', 'answer'],
      counts(tally.errors)
        .slice(0, MOST_TOLD)
        .map(([told, count]) => [count ?? 0, told ?? '']),
    ),
    `The ${MOST_TOLD} that were most frequent, of ${Object.keys(tally.errors).length}.`,
    ...tally.failures.map(({ what, error }) => `**${what}**: ${error}`),
    '',
  ].join('\n\n');
}

function table(head: readonly string[], rows: readonly Row[]): string {
  const line = (cells: Row) => `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
