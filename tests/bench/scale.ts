import path from 'node:path';
import { version as cdk8s } from 'cdk8s/package.json';
import { run } from '../kit/process';
import { helmChart } from './helm-chart';
import { hyperfine, scratch, type Command } from './measure';
import { atMost, type Comparison, type Row, type Topic } from './results';

const APART = 'one app per copy';
const LINEAR = 'one LinearApp';
const CDK8S = 'one App of cdk8s';
const HELM = 'helm template';
const MOST_SECONDS = 20;

const METHOD = `
How time and memory grow with the number of copies of the charts, from exec to the last byte of YAML on standard output,
without bundling the app. cdk8s does not scale: \`App.synth\` and \`App.synthYaml\` resolve the dependencies of the whole app
and validate it, then ask each chart for its JSON; \`Chart.toJson\` calls \`App._synthChart\` (\`src/app.ts\` of cdk8s-core
2.70.106), which resolves and validates the whole app again. For N constructs in C charts that is O(C·N), and N grows with
C, so it is quadratic in the copies. [\`LinearApp\`](../packages/cdk8s-helm/src/linear-app.ts) does it once; a test holds its
output to the same bytes, including dependencies between charts and objects. One app per copy needs no more memory for
more copies.`;

/** Bundles copies.ts, so that loading TypeScript is not measured. Packages of the registry stay outside. */
async function bundledProgram(): Promise<string> {
  const { build } = await import('esbuild');
  const outfile = path.join(scratch('copies'), 'copies.js');
  const external = ['cdk8s', 'cdk8s-plus-27', 'constructs', '@sinclair/typebox', 'yaml'];
  const entryPoints = [path.join(__dirname, 'copies.ts')];
  await build({ entryPoints, outfile, external, bundle: true, platform: 'node', conditions: ['source'] });
  return outfile;
}

async function measure(): ReturnType<Topic['measure']> {
  const chart = await helmChart(true);
  const program = await bundledProgram();
  const measureCopies = async (copies: number, rounds = 10): Promise<Comparison> => {
    const app = (name: string, way: string) => ({ name, command: `node ${program} ${way} ${copies}` });
    const slow = app(CDK8S, 'cdk8s');
    const { code } = await run('sh', ['-c', `timeout ${MOST_SECONDS} ${slow.command} > /dev/null`]);
    const contenders: Command[] = [
      { ...app(APART, 'apart'), ours: true },
      { ...app(LINEAR, 'linear'), ours: true },
      ...(code === 0 ? [slow] : []),
      { name: HELM, command: `${chart.helm} template homework ${chart.folder} --set copies=${copies}` },
    ];
    const rows = await hyperfine(contenders, {
      rounds,
      unit: 's',
      memory: true,
    });
    const absent: Row = { name: CDK8S, values: {}, absent: `a run takes more than ${MOST_SECONDS} s` };
    return {
      id: `copies-${copies}`,
      title: `${copies.toLocaleString('en-US')} copies of the seven charts`,
      ...(rounds === 1 && { note: 'One round, because a run takes a minute.' }),
      measures: { time: 'time, s', memory: 'peak memory, MiB' },
      rounds,
      base: APART,
      rows: code === 0 ? rows : [...rows, absent],
    };
  };
  const comparisons = [
    await measureCopies(10),
    await measureCopies(100),
    await measureCopies(1_000),
    await measureCopies(10_000, 1),
  ];
  return { comparisons, versions: { cdk8s, helm: chart.version } };
}

export const topic: Topic = {
  id: 'scale',
  title: 'Copies of the charts',
  method: METHOD,
  measure,
  aims: (figures) => {
    const median = (copies: number, measured: string) =>
      figures.median(`copies-${copies}.${measured}`, LINEAR);
    const growth = (measured: string, from: number, to: number) =>
      median(to, measured) / median(from, measured);
    const relative = figures.ratio('copies-1000.time', LINEAR, HELM);
    return [
      atMost(3, '×', 'time of 1,000 copies, relative to `helm template`', relative),
      atMost(10, '×', 'time of 1,000 copies, relative to 100', growth('time', 100, 1_000)),
      atMost(
        11,
        '×',
        'time of 10,000 copies, relative to 1,000',
        growth('time', 1_000, 10_000),
        'One app keeps all copies until the end, and V8 collects that heap again and again. With one app per copy the time grows less than the copies.',
      ),
      atMost(11, '×', 'memory of 10,000 copies, relative to 1,000', growth('memory', 1_000, 10_000)),
    ];
  },
};
