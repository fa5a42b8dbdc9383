import { KEPT_CONNECTIONS, type Connection } from '../kit/load/client';
import { TIMEOUT_SECONDS } from '../kit/load/load-pod';
import type { Counts, Failure } from '../kit/load/tally';
import { fewestReady, mostPods, total } from './claims';
import { clockOf } from './clock';
import { momentOf } from './moments';
import type { Phase, Scenario } from './scenario';
import { clusterOf, proofs, type Proof, type Soak } from './soak';

type Cell = string | number;

const table = (head: readonly string[], rows: readonly (readonly Cell[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

const KINDS: Readonly<Record<Connection, string>> = { kept: 'kept alive', new: 'new' };

const counts = (by: Readonly<Record<string, number>>): string =>
  Object.entries(by)
    .map(([what, count]) => `${what}: ${count}`)
    .join(', ') || 'none';

/** Columns of what became of requests, each with its cell. */
const COLUMNS: Readonly<Record<string, (each: Counts) => Cell>> = {
  sent: ({ sent }) => sent,
  answered: ({ answered }) => answered,
  failed: ({ failed }) => failed,
  'connected anew': ({ reconnected }) => reconnected,
  'by status': ({ statuses }) => counts(statuses),
  'failed by': ({ errors }) => counts(errors),
  'p50, ms': ({ latency }) => latency.p50,
  p90: ({ latency }) => latency.p90,
  p99: ({ latency }) => latency.p99,
  'p99.9': ({ latency }) => latency.p999,
  max: ({ latency }) => latency.max,
};

const requestsOf = ({ load }: Proof['observed']): string =>
  table(
    ['connections', ...Object.keys(COLUMNS)],
    (['kept', 'new'] as const).map((kind) => [
      KINDS[kind],
      ...Object.values(COLUMNS).map((cell) => cell(load.connections[kind])),
    ]),
  );

/** How many of the listed failures were sent while a phase lasted. */
function failuresIn({ timeline }: Phase, failures: readonly Failure[]): number {
  const wall = clockOf(timeline);
  const [from, to] = [wall(timeline.samples[0]?.at ?? 0), wall(timeline.end.at)];
  return failures.filter(({ sentAt }) => sentAt >= from && sentAt <= to).length;
}

const phasesOf = ({ phases, load }: Proof['observed']): string =>
  table(
    ['what was done', 'seconds until settled', 'fewest ready', 'most pods, terminating ones too', 'failed'],
    phases.map((phase) => [
      phase.name,
      (phase.timeline.samples.at(-1)?.at ?? 0).toFixed(1),
      fewestReady(phase.timeline),
      mostPods(phase.timeline),
      failuresIn(phase, load.failures),
    ]),
  );

/** More than that say nothing more. The JSON has them. */
const MOST_FAILURES_TOLD = 20;

function failuresOf({ load, phases }: Proof['observed']): string {
  const { failures } = load;
  if (failures.length === 0) {
    return '';
  }
  const rows = failures
    .slice(0, MOST_FAILURES_TOLD)
    .map(({ sentAt, endedAt, connection, reused, question, error }) => [
      new Date(sentAt).toISOString().slice(11, 23),
      Math.round(endedAt - sentAt),
      `${KINDS[connection]}${reused ? ', used before' : ''}`,
      question,
      error,
      momentOf(sentAt, phases),
    ]);
  const more =
    failures.length > rows.length ? `\n\n…and ${failures.length - rows.length} more, in the JSON.` : '';
  return `\n\nThe requests that failed:\n\n${table(['sent, UTC', 'ms', 'connection', 'request', 'error', 'when that was'], rows)}${more}`;
}

function section(proof: Proof): string {
  const { scenario, observed, claims } = proof;
  const { load } = observed;
  const late = `The load's own process sent the latest request ${load.latestMilliseconds} ms late; at most ${load.mostInFlight} were under way at once. \`GET /\` was answered by build ${counts(load.builds)}.`;
  return `## ${scenario.title}

${scenario.how}

${table(
  ['claim', 'holds', 'because'],
  claims.map(({ claim, holds, because }) => [claim, holds ? 'yes' : '**no**', because]),
)}

${requestsOf(observed)}

${late}

${phasesOf(observed)}${failuresOf(observed)}`;
}

const summary = (all: readonly Proof[]): string =>
  table(
    ['', 'sent', 'answered', 'of these connected anew', 'failed', 'claims that hold'],
    all.map(({ scenario, observed: { load }, claims }) => [
      scenario.title,
      ...(['sent', 'answered', 'reconnected', 'failed'] as const).map((what) => total(load, what)),
      `${claims.filter(({ holds }) => holds).length} of ${claims.length}`,
    ]),
  );

/** The page of a soak. It says nothing that was not measured. */
export function report(soak: Soak, scenarios: readonly Scenario[]): string {
  const all = proofs(soak, scenarios);
  const claims = all.flatMap((proof) => proof.claims);
  const { serverVersion = '', nodes = [] } = clusterOf(soak) ?? {};
  const { ratePerSecond, rollouts } = soak.options;
  return `# Under steady requests: Kubernetes ${serverVersion}

Written by \`npm run e2e:soak\` from the committed \`dist/\` on ${soak.beganAt.slice(0, 10)} in ${soak.minutes} minutes:
**${claims.filter(({ holds }) => holds).length} of ${claims.length} claims hold.** Nodes: ${nodes.map(({ name, cpu = '?', memory = '?' }) => `${name} (${cpu} CPU, ${memory})`).join(', ')}.

${ratePerSecond} requests a second go to each Service from a pod in the cluster: half over ${KEPT_CONNECTIONS} connections that are kept
alive and used in turn, half each over a new one. Each is sent when its time has come, whatever became of those
before it, and its latency counts from that time. Two in five are \`GET /predict\`, two in five
\`POST /v2/models/heart-disease/infer\`, one in five \`GET /\`. Answered is what got status 200 and the model's own
answer; all else failed, also what had no answer within ${TIMEOUT_SECONDS} s. Nothing is sent a second time. The strategies do
${rollouts} rollouts each, beside each other; all else was done one after another.

${summary(all)}
${Object.entries(soak.unobserved)
  .map(([id, why]) => `\n**Not observed: ${id}.** ${why}\n`)
  .join('')}
What was counted, every failure with its time, and the pods' timelines are in [soak.json](soak.json).

${all.map(section).join('\n\n')}
`;
}
