import { costsOf, type Costs } from './costs';
import type { LimitsEvidence } from './limits';
import type { Proof } from './proof';
import type { Verdict } from './verdicts';

const table = (head: readonly string[], rows: readonly (readonly (string | number)[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

const yes = (holds: boolean): string => (holds ? 'yes' : '**no**');

function section({ scenario, verdicts }: Proof): string {
  const rows = [...new Set(verdicts.map(({ claim }) => claim))].map((claim) => {
    const of = (source: Verdict['source']) =>
      verdicts.find((verdict) => verdict.claim === claim && verdict.source === source);
    const [predicted, recorded] = [of('predicted'), of('recorded')];
    const cell = (verdict: Verdict | undefined) =>
      verdict
        ? [yes(verdict.holds), verdict.because].filter(Boolean).join(': ')
        : 'not a matter of prediction';
    return [claim, cell(predicted), cell(recorded)];
  });
  const { id, title, during } = scenario;
  return `## ${title}

![predicted above, recorded below](${id}.svg)
${during ? `\n![a terminal, ${during.at} s after the change](${id}.terminal.svg)\n` : ''}
${table(['claim', 'predicted', 'recorded'], rows)}

Timelines: [predicted](${id}.predicted.json), [recorded](${id}.recorded.json).`;
}

/** The table's columns beside whose costs they are, each with its cell. */
const COST_COLUMNS: Readonly<Record<string, (costs: Costs) => string | number>> = {
  seconds: ({ seconds }) => seconds,
  'most pods, terminating ones too': ({ mostPods }) => mostPods,
  'fewest ready': ({ fewestReady }) => fewestReady,
  'both versions ready, s': ({ mixedSeconds }) => mixedSeconds,
  'all old and all new ready, s': ({ allReadySeconds }) => allReadySeconds,
  "new pods' readiness apart, s": ({ readySpreadSeconds }) => readySpreadSeconds,
  'failed requests': ({ requests }) => (requests ? `${requests.failed} of ${requests.sent}` : ''),
};

function costs(proofs: readonly Proof[]): string {
  const rows = proofs
    .filter(({ scenario }) => scenario.id.startsWith('5'))
    .flatMap(({ scenario, predicted, recorded }) =>
      [predicted, recorded].map((timeline) => {
        const found = costsOf(timeline);
        return [scenario.id, timeline.source, ...Object.values(COST_COLUMNS).map((cell) => cell(found))];
      }),
    );
  return `## What each strategy costs

${table(['change', '', ...Object.keys(COST_COLUMNS)], rows)}`;
}

function limits({ cpuWithLimit, cpuWithoutLimit, memoryWithLimit, qosClass }: LimitsEvidence): string {
  const { reason, exitCode, tookMiB } = memoryWithLimit;
  return `## Step 2a: what requests and limits do

${table(
  ['', 'with the resources of step 2a', 'without, as in step 2'],
  [
    ['CPU seconds that a busy loop gets in a second', cpuWithLimit.toFixed(2), cpuWithoutLimit.toFixed(2)],
    [
      'a program that takes ever more memory',
      `${reason}, exit code ${exitCode}, after ${tookMiB} MiB`,
      'not tried: it would take the node with it',
    ],
    ['QoS class', qosClass.withResources, qosClass.without],
  ],
)}`;
}

/** The page of all proofs, of one version of Kubernetes. */
export function report(proofs: readonly Proof[], measured: LimitsEvidence): string {
  const { cluster } = proofs[0]?.recorded ?? {};
  const held = proofs.flatMap(({ verdicts }) => verdicts);
  return `# Evidence: Kubernetes ${cluster?.serverVersion ?? ''}

Written by \`npm run evidence\` from the committed \`dist/\`: ${held.filter(({ holds }) => holds).length} of ${held.length} claims hold.

${[limits(measured), ...proofs.map(section), costs(proofs)].join('\n\n')}
`;
}
