import { KEPT_CONNECTIONS } from '@online-inference/rollout/load';
import { TIMEOUT_SECONDS } from '../kit/load/load';
import { markdownTable } from '../kit/markdown';
import { clusterOf, proofs, type Proof, type Scenario, type Soak } from './soak';

const section = ({ scenario, claims }: Proof): string => `## ${scenario.title}

${scenario.how}

${markdownTable(
  ['claim', 'holds', 'because'],
  claims.map(({ claim, holds, because }) => [claim, holds ? 'yes' : '**no**', because]),
)}`;

const summary = (all: readonly Proof[]): string =>
  markdownTable(
    ['scenario', 'sent', 'answered', 'of these reconnected', 'failed', 'claims that hold'],
    all.map(({ scenario, observed: { load }, claims }) => [
      ...[scenario.title, load.sent, load.answered, load.reconnected, load.failed],
      `${claims.filter(({ holds }) => holds).length} of ${claims.length}`,
    ]),
  );

/**
 * Returns the page of a soak.
 *
 * @param isOutdated whether dist/ has changed since the soak
 */
export function report(soak: Soak, scenarios: readonly Scenario[], isOutdated: boolean): string {
  const all = proofs(soak, scenarios);
  const claims = all.flatMap((proof) => proof.claims);
  const { serverVersion = '', nodes = [] } = clusterOf(soak) ?? {};
  const { ratePerSecond, rollouts } = soak.options;
  return `# Under steady load: Kubernetes ${serverVersion}

\`npm run test:soak\` wrote this page on ${soak.beganAt.slice(0, 10)} in ${soak.minutes} minutes:
**${claims.filter(({ holds }) => holds).length} of ${claims.length} claims hold.** ${isOutdated ? '**Recorded with an older dist/.** ' : ''}Nodes: ${nodes.map(({ name, cpu = '?', memory = '?' }) => `${name} (${cpu} CPU, ${memory})`).join(', ')}.

A pod in the cluster sends ${ratePerSecond} requests a second to each Service: half of them over ${KEPT_CONNECTIONS} kept-alive
connections in turn, the other half each over a new connection. It sends each request when it is due, whether or not
earlier ones have been answered. Two in five requests are
\`GET /predict\`, two in five \`POST /v2/models/heart-disease/infer\`, one in five \`GET /\`. A request is answered if it
gets status 200 and the model's own prediction within ${TIMEOUT_SECONDS} s; any other request has failed. No request is sent twice.
Each strategy does ${rollouts} rollouts, both strategies at the same time; the other scenarios run one after another.

${summary(all)}
${Object.entries(soak.unobserved)
  .map(([id, reason]) => `\n**Not observed: ${id}.** ${reason}\n`)
  .join('')}
[soak.json](soak.json) holds all counts, every failure with its time, and the pods' timelines.

${all.map(section).join('\n\n')}
`;
}
