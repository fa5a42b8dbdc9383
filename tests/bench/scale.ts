import { version } from 'cdk8s/package.json';
import { output, run } from '../kit/process';
import { bundled, hyperfine, scratch, type Command, installedHelm } from './measure';
import { medianOf, ratioOf, type Aim, type Comparison, type Topic } from './results';
import { writeHelmChart } from './helm-chart';

const LINEAR = 'one LinearApp';
const APART = 'one app per copy';

const METHOD = `
How time and memory grow with the number of copies of the charts, from exec to the last byte of YAML on standard output,
without bundling the app. cdk8s does not scale: \`App.synth\` and \`App.synthYaml\` resolve the dependencies of the whole app
and validate it, then ask each chart for its JSON; \`Chart.toJson\` calls \`App._synthChart\` (\`src/app.ts\` of cdk8s-core
2.70.106), which resolves and validates the whole app again. For N constructs in C charts that is O(C·N), and N grows with
C, so it is quadratic in the copies. [\`LinearApp\`](../packages/cdk8s-helm/src/linear-app.ts) does it once; a test holds its
output to the same bytes, including dependencies between charts and objects. One app per copy needs no more memory for
more copies.`;

const CDK8S = 'one App of cdk8s';
const MOST_SECONDS = 20;

const SIZES = [
  { copies: 10, rounds: 10 },
  { copies: 100, rounds: 10 },
  { copies: 1_000, rounds: 10 },
  { copies: 10_000, rounds: 1 },
];

async function measure(): ReturnType<Topic['measure']> {
  const helm = await installedHelm();
  const chart = scratch('copies');
  writeHelmChart(chart, true);
  const program = await bundled('copies.ts');
  const comparisons: Comparison[] = [];
  for (const { copies, rounds } of SIZES) {
    const app = (name: string, way: string, ours: boolean): Command => ({
      name,
      ours,
      command: `node ${program} ${way} ${copies}`,
    });
    const slow = app(CDK8S, 'cdk8s', false);
    const isBounded =
      (await run('sh', ['-c', `timeout ${MOST_SECONDS} ${slow.command} > /dev/null`])).code === 0;
    const rows = await hyperfine(
      [
        app(APART, 'apart', true),
        app(LINEAR, 'linear', true),
        ...(isBounded ? [slow] : []),
        { name: 'helm template', command: `${helm} template homework ${chart} --set copies=${copies}` },
      ],
      { rounds, warmups: rounds > 1 ? 1 : 0, unit: 's', memory: true },
    );
    comparisons.push({
      id: `copies-${copies}`,
      title: `${copies.toLocaleString('en-US')} copies of the seven charts`,
      ...(rounds === 1 && { note: 'One round, because a run takes a minute.' }),
      measures: [
        { id: 'time', title: 'time', unit: 's' },
        { id: 'memory', title: 'peak memory', unit: 'MiB' },
      ],
      rounds,
      base: APART,
      rows: isBounded
        ? rows
        : [...rows, { name: CDK8S, values: {}, absent: `a run takes more than ${MOST_SECONDS} s` }],
    });
  }
  const helmVersion = (await output(helm, ['version', '--template={{.Version}}'])).slice(1);
  return { comparisons, versions: { cdk8s: version, helm: helmVersion } };
}

function aims(comparisons: readonly Comparison[]): Aim[] {
  const median = (copies: number, measure: string) =>
    medianOf(comparisons, `copies-${copies}`, measure, LINEAR);
  const growth = (measure: string, from: number, to: number) => median(to, measure) / median(from, measure);
  const aim = (what: string, limit: number, measured: number, because?: string): Aim => ({
    what,
    unit: '×',
    limit,
    better: 'lower',
    measured,
    ...(because !== undefined && { because }),
  });
  return [
    aim(
      'time of 1,000 copies, relative to `helm template`',
      3,
      ratioOf(comparisons, 'copies-1000', 'time', [LINEAR, 'helm template']),
    ),
    aim('time of 1,000 copies, relative to 100', 10, growth('time', 100, 1_000)),
    aim(
      'time of 10,000 copies, relative to 1,000',
      11,
      growth('time', 1_000, 10_000),
      'One app keeps all copies until the end, and V8 collects that heap again and again. With one app per copy the time grows less than the copies.',
    ),
    aim('memory of 10,000 copies, relative to 1,000', 11, growth('memory', 1_000, 10_000)),
  ];
}

export const topic: Topic = { id: 'scale', title: 'Copies of the charts', method: METHOD, measure, aims };
