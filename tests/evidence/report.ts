import type { Timeline } from '@online-inference/rollout';
import { markdownTable } from '../kit/markdown';
import { costsOf } from './costs';
import type { LimitsEvidence } from './limits';
import { outcomesOf, type Outcome, type Proof } from './proof';

const cell = (outcome?: Outcome): string =>
  outcome ? [outcome.holds ? 'yes' : '**no**', outcome.because].filter(Boolean).join(': ') : 'not predicted';

function section({ scenario: { id, title, during }, verdicts }: Proof): string {
  return `## ${title}

![predicted above, recorded below](${id}.svg)
${during ? `\n![a terminal, ${during.at} s after the change](${id}.terminal.svg)\n` : ''}
${markdownTable(
  ['claim', 'predicted', 'recorded'],
  verdicts.map(({ claim, predicted, recorded }) => [claim, cell(predicted), cell(recorded)]),
)}

Timelines: [predicted](${id}.predicted.json), [recorded](${id}.recorded.json).`;
}

function costs(proofs: readonly Proof[]): string {
  const row = (id: string, timeline: Timeline) => {
    const { requests, ...cost } = costsOf(timeline);
    const failed = requests ? `${requests.failed} of ${requests.sent}` : '';
    return [id, timeline.source, ...Object.values(cost), failed];
  };
  return `## What each strategy costs

${markdownTable(
  [
    ...['change', '', 'seconds', 'most pods, including terminating', 'fewest ready'],
    ...['both versions ready, s', 'all old and all new ready, s', 'spread of new readiness, s'],
    'failed requests',
  ],
  proofs
    .filter(({ scenario }) => scenario.id.startsWith('5'))
    .flatMap(({ scenario, predicted, recorded }) => [
      row(scenario.id, predicted),
      row(scenario.id, recorded),
    ]),
)}`;
}

function limits({ cpuWithLimit, cpuWithoutLimit, memoryWithLimit, qosClass }: LimitsEvidence): string {
  const { reason, exitCode, tookMiB } = memoryWithLimit;
  return `## Step 2a: what requests and limits do

${markdownTable(
  ['', 'with the resources of step 2a', 'without, as in step 2'],
  [
    ['CPU seconds of a busy loop in a second', cpuWithLimit.toFixed(2), cpuWithoutLimit.toFixed(2)],
    [
      'a program that allocates ever more memory',
      `${reason}, exit code ${exitCode}, after ${tookMiB} MiB`,
      'not tried: the node would run out of memory',
    ],
    ['QoS class', qosClass.withResources, qosClass.without],
  ],
)}`;
}

/** Returns the page of one Kubernetes version. @param isOutdated whether dist/ has changed since the recording */
export function report(proofs: readonly Proof[], measured: LimitsEvidence, isOutdated: boolean): string {
  const { cluster } = proofs[0]?.recorded ?? {};
  const outcomes = proofs.flatMap(outcomesOf);
  return `# Evidence: Kubernetes ${cluster?.serverVersion ?? ''}

\`npm run evidence\` wrote this page: ${outcomes.filter(({ holds }) => holds).length} of ${outcomes.length} claims hold.${isOutdated ? ' **Recorded with an older dist/.**' : ''}

${[limits(measured), ...proofs.map(section), costs(proofs)].join('\n\n')}
`;
}
