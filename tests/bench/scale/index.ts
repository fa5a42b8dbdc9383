import { readFileSync } from 'node:fs';
import path from 'node:path';
import { compare } from '../frame/compare';
import { ROOT, scratch } from '../frame/peers';
import { runProcess } from '../frame/process';
import type { Comparison, Contender, Measured, Topic } from '../frame/topic';
import { helmAndKubectl } from '../synth/peers';
import { aims } from './aims';
import { repeatedHelmChart } from './peers';
import { scaleSpec } from './picture';

const MEASURES = [
  { id: 'time', title: 'time', unit: 's', better: 'lower' },
  { id: 'memory', title: 'peak memory', unit: 'MiB', better: 'lower' },
] as const;

const METHOD = `
How time and memory grow with the copies of the charts, from exec to the last byte of YAML on standard output, without
the bundling of the app. cdk8s does not scale: \`App.synth\` and \`App.synthYaml\` resolve the dependencies of the whole
app and validate it, and then ask each chart for its JSON; \`Chart.toJson\` calls \`App._synthChart\` (\`src/app.ts\` of
cdk8s-core 2.70.106), which resolves and validates the whole app again. For N constructs in C charts that is O(C·N), and
as N grows with C, the square of the copies. \`LinearApp\` ([packages/cdk8s-helm/src/linear-app.ts](../packages/cdk8s-helm/src/linear-app.ts)) does it once;
what it writes is tested to be the same byte by byte, with dependencies between charts and objects too.
An App a copy needs no more memory for more copies.`;

/** Copies, and rounds of them: what takes a minute a run is not run ten times. */
const SIZES = [
  { copies: 10 },
  { copies: 100 },
  { copies: 1_000 },
  {
    copies: 10_000,
    note: 'One of the rounds only: a run takes a minute.',
    rounds: 1,
    warmups: 0,
    bound: 180,
  },
];

async function measure(): Promise<Measured> {
  const { helm } = await helmAndKubectl();
  const chart = repeatedHelmChart();
  const program = path.join(scratch('scale', 'copies'), 'copies.js');
  const { build } = await import('esbuild');
  await build({
    entryPoints: [path.join(__dirname, 'copies.ts')],
    outfile: program,
    bundle: true,
    platform: 'node',
    external: ['cdk8s', 'cdk8s-plus-27', 'constructs', '@sinclair/typebox'],
    logLevel: 'error',
  });
  const ours = (way: string, copies: number) => () =>
    [process.execPath, [program, way, String(copies)]] as const;
  const comparisons: Comparison[] = [];
  for (const { copies, ...bounds } of SIZES) {
    const contenders = [
      contender('an App a copy', ours('apart', copies), true),
      contender('one LinearApp', ours('linear', copies), true),
      // beyond that a run takes minutes
      ...(copies <= 1_000 ? [contender("one App of cdk8s's", ours('cdk8s', copies))] : []),
      contender('helm template', () => [helm, ['template', 'homework', chart, '--set', `copies=${copies}`]]),
    ];
    comparisons.push(
      await compare({
        id: `copies-${copies}`,
        title: `${copies.toLocaleString('en-US')} copies of the seven charts`,
        measures: MEASURES,
        contenders,
        bound: 20,
        ...bounds,
      }),
    );
  }
  const version = (await runProcess(helm, ['version', '--template={{.Version}}'])).stdout.slice(1);
  return { comparisons, versions: { cdk8s: cdk8sVersion(), helm: version } };
}

type Command = () => readonly [program: string, args: readonly string[]];

function contender(name: string, command: Command, ours = false): Contender {
  return {
    name,
    ours,
    measure: async (signal) => {
      const [program, args] = command();
      const { milliseconds, peakMiB } = await runProcess(program, args, {
        cwd: ROOT,
        signal,
        memory: true,
        discard: true,
      });
      return { time: milliseconds / 1000, memory: peakMiB };
    },
  };
}

function cdk8sVersion(): string {
  const file = path.join(ROOT, 'node_modules/cdk8s/package.json');
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

export const topic: Topic = {
  id: 'scale',
  title: 'Copies of the charts',
  method: METHOD,
  measure,
  aims,
  pictures: (comparisons) => ({ copies: scaleSpec(comparisons) }),
};
