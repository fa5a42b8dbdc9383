import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { version } from 'cdk8s/package.json';
import { output } from '../kit/process';
import { REPLICAS, writeHelmChart } from './helm-chart';
import { hyperfine, installedHelm, node24, scratch, type Command } from './measure';
import { projectCopy, watched } from './project';
import { medianOf, ratioOf, type Aim, type Comparison, type Topic } from './results';

const EMPTY_APP = `node -e 'fs.mkdirSync(process.env.CDK8S_OUTDIR)'`;
const SCRIPT = 'the synth script';
const SCRIPT_24 = 'the synth script, Node.js 24';

/** A contender that prints manifests, or writes them to `dist`. */
interface Synthesis extends Command {
  readonly folder: string;
  /** Folder of the YAML. @default - standard output */
  readonly dist?: string;
}

/**
 * Prepares two variants of a source and returns the shell command that swaps them. The variants
 * differ in the number of replicas.
 */
function swap(folder: string, file: string, declaration: RegExp): string {
  const source = path.join(folder, file);
  const content = readFileSync(source, 'utf8');
  const other = content.replace(declaration, `$1${REPLICAS + 1}`);
  if (other === content) throw new Error(`${source} does not match ${String(declaration)}`);
  writeFileSync(`${source}.other`, other);
  return `cd ${folder} && mv ${file} ${file}.old && mv ${file}.other ${file} && mv ${file}.old ${file}.other && touch ${file}`;
}

/** @throws Error unless a contender's manifests have the replicas of each variant of its source */
async function checkManifests({ name, command, folder, prepare = ':', dist }: Synthesis): Promise<void> {
  for (const replicas of [REPLICAS + 1, REPLICAS]) {
    await output('sh', ['-c', prepare]);
    const printed = await output('sh', ['-c', command], { cwd: folder });
    const manifests = dist === undefined ? printed : await output('sh', ['-c', `cat ${dist}/*.yaml`]);
    if (!manifests.includes(`replicas: ${replicas}\n`))
      throw new Error(`${name} has not seen ${replicas} replicas`);
  }
}

async function measure(): ReturnType<Topic['measure']> {
  const project = await projectCopy();
  const { scripts } = JSON.parse(readFileSync(path.join(project, 'package.json'), 'utf8')) as {
    scripts: { synth: string };
  };
  const ours = {
    ours: true,
    folder: project,
    dist: path.join(project, 'dist'),
    prepare: swap(project, 'settings.ts', /(replicas: Type\.Integer\(\{\s+default: )\d+/),
  };
  const helm = await installedHelm();
  const chart = scratch('helm');
  writeHelmChart(chart);
  const contenders: Synthesis[] = [
    { ...ours, name: SCRIPT, command: scripts.synth },
    { ...ours, name: SCRIPT_24, command: `PATH=${path.dirname(await node24())}:$PATH ${scripts.synth}` },
    { ...ours, name: 'npm run synth', command: 'npm run synth' },
    { ...ours, name: 'npx cdk8s synth', command: 'CDK8S_CHECK_UPGRADE=false npx cdk8s synth' },
    { ...ours, ours: false, name: 'npx tsx main.ts', command: 'npx tsx main.ts' },
    {
      name: 'helm template',
      folder: chart,
      command: `${helm} template homework .`,
      prepare: swap(chart, 'values.yaml', /(replicas: )\d+/),
    },
  ];
  for (const contender of contenders) await checkManifests(contender);
  const rows = await hyperfine([
    ...contenders,
    { name: 'node, nothing to do', command: 'node -e 0' },
    {
      name: 'npx cdk8s synth, empty app',
      folder: project,
      command: `CDK8S_CHECK_UPGRADE=false npx cdk8s synth --app "${EMPTY_APP}" --output .empty`,
    },
  ]);
  return {
    comparisons: [
      {
        id: 'synth',
        title: 'From a changed file to the manifests',
        note: NOTE,
        measures: [{ id: 'time', title: 'from exec to exit', unit: 'ms' }],
        rounds: 10,
        base: SCRIPT,
        rows,
      },
      await watched(project, ours.prepare),
    ],
    versions: {
      npm: (await output('npm', ['--version'])).trim(),
      helm: (await output(helm, ['version', '--template={{.Version}}'])).slice(1),
      cdk8s: version,
    },
  };
}

const NOTE = `
Every contender makes the objects of dist/. Before each run the number of replicas changes where the contender declares it.
Ours also writes the Helm chart and predicts what a new image does to each workload. The synth script is what
\`npm run synth\` calls. \`npx cdk8s synth, empty app\` is cdk8s-cli with an app that only runs
\`${EMPTY_APP}\`.`;

function aims(comparisons: readonly Comparison[]): Aim[] {
  const ratio = (name: string, to: string) => ratioOf(comparisons, 'synth', 'time', [name, to]);
  return [
    {
      what: 'the synth script, relative to `helm template`',
      unit: '×',
      limit: 2,
      better: 'lower',
      measured: ratio(SCRIPT, 'helm template'),
      because:
        'Starting Node.js 20 takes as long as all of helm. Then each run loads cdk8s, runs cold code, and writes the Helm chart and the predictions, which no peer makes.',
    },
    {
      what: 'the same on Node.js 24',
      unit: '×',
      limit: 2,
      better: 'lower',
      measured: ratio(SCRIPT_24, 'helm template'),
      because: 'The work is the same; only Node.js starts twice as fast.',
    },
    {
      what: '`npx cdk8s synth`, relative to cdk8s-cli with an empty app',
      unit: '×',
      limit: 1.2,
      better: 'lower',
      measured: ratio('npx cdk8s synth', 'npx cdk8s synth, empty app'),
      because: 'npx, cdk8s-cli and the start of Node.js take most of the time.',
    },
    {
      what: 'from a save to its difference on the screen',
      unit: 'ms',
      limit: 500,
      better: 'lower',
      measured: medianOf(comparisons, 'watch', 'time', 'npm run watch'),
      because: 'Nearly all of it is the synth script.',
    },
  ];
}

export const topic: Topic = {
  id: 'synth',
  title: 'Synthesis',
  method: 'How long a user waits after changing a source, including the start of the process.',
  measure,
  aims,
};
