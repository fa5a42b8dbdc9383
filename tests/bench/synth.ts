import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { version as cdk8s } from 'cdk8s/package.json';
import { scripts } from '../../package.json';
import { ROOT } from '../kit/dist';
import { output } from '../kit/process';
import { helmChart, REPLICAS } from './helm-chart';
import { compared, hyperfine, node24, ROUNDS, scratch, type Command } from './measure';
import { atMost, type Comparison, type Topic } from './results';

const EMPTY_APP = `node -e 'fs.mkdirSync(process.env.CDK8S_OUTDIR)'`;
const SCRIPT = 'the synth script';
const SCRIPT_24 = 'the synth script, Node.js 24';
const HELM = 'helm template';
const CDK8S = 'npx cdk8s synth';
const CDK8S_EMPTY = 'npx cdk8s synth, empty app';
const WATCH = 'npm run watch';

/** sed's `y` swaps the two numbers of replicas, so that each run sees a change. */
const SWAP = `y/${REPLICAS}${REPLICAS + 1}/${REPLICAS + 1}${REPLICAS}/`;
const SWAP_SETTING = `sed -i '/replicas: Type.Integer/{n;${SWAP}}' settings.ts`;
const SWAP_VALUE = `sed -i '/^replicas:/${SWAP}' values.yaml`;

/** Copies this project. Its packages are links to the installed ones; its cache is its own. */
async function projectCopy(): Promise<string> {
  const folder = scratch('project');
  const copy = `
    git ls-files --cached --others --exclude-standard -- . ':!tests' ':!docs' |
      tar --create --ignore-failed-read --files-from=- | tar --extract --directory=${folder}
    mkdir ${folder}/node_modules
    ln --symbolic $PWD/node_modules/* $PWD/node_modules/.bin ${folder}/node_modules`;
  await output('sh', ['-ec', copy], { cwd: ROOT });
  return folder;
}

/** @throws Error unless a contender's manifests follow each change of its source */
async function checkManifests({ name, command, folder = ROOT, prepare = ':' }: Command): Promise<void> {
  for (const replicas of [REPLICAS + 1, REPLICAS]) {
    // A contender prints manifests, or writes them to dist/.
    const manifests = await output('sh', ['-c', `${prepare} && ${command} && { cat dist/*.yaml || :; }`], {
      cwd: folder,
    });
    if (!manifests.includes(`replicas: ${replicas}\n`)) {
      throw new Error(`${name}: the manifests have no "replicas: ${replicas}" after \`${prepare}\``);
    }
  }
}

/** Measures `npm run watch` from a save until the difference is on the screen. */
async function watched(project: string): Promise<Comparison> {
  const child = spawn('npm', ['run', 'watch'], {
    cwd: project,
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (printed += chunk));
  const prints = async (pattern: RegExp): Promise<void> => {
    while (!pattern.test(printed)) await once(child.stdout, 'data');
  };
  const measure = async () => {
    printed = '';
    const began = performance.now();
    await output('sh', ['-c', SWAP_SETTING], { cwd: project });
    await prints(/^\+ +replicas: \d+$/m);
    const time = performance.now() - began;
    await prints(/\d ms$/m);
    return { time };
  };
  try {
    await prints(/Ctrl-C/);
    const measures = { time: `${WATCH}, ms` };
    return await compared({ id: 'watch', title: 'From a save to its difference on the screen', measures }, [
      { name: WATCH, ours: true, measure },
    ]);
  } finally {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGINT');
    await once(child, 'exit');
  }
}

async function measure(): ReturnType<Topic['measure']> {
  const project = await projectCopy();
  const chart = await helmChart();
  const ours = { ours: true, folder: project, prepare: SWAP_SETTING };
  const contenders: Command[] = [
    { ...ours, name: SCRIPT, command: scripts.synth },
    { ...ours, name: SCRIPT_24, command: `PATH=${path.dirname(await node24())}:$PATH ${scripts.synth}` },
    { ...ours, name: 'npm run synth', command: 'npm run synth' },
    { ...ours, name: CDK8S, command: 'CDK8S_CHECK_UPGRADE=false npx cdk8s synth' },
    { name: HELM, folder: chart.folder, command: `${chart.helm} template homework .`, prepare: SWAP_VALUE },
  ];
  for (const contender of contenders) await checkManifests(contender);
  const rows = await hyperfine([
    ...contenders,
    { name: 'node, nothing to do', command: 'node -e 0' },
    {
      name: CDK8S_EMPTY,
      folder: project,
      command: `CDK8S_CHECK_UPGRADE=false npx cdk8s synth --app "${EMPTY_APP}" --output .empty`,
    },
  ]);
  const synth = {
    id: 'synth',
    title: 'From a changed file to the manifests',
    note: NOTE,
    measures: { time: 'from exec to exit, ms' },
    rounds: ROUNDS,
    base: SCRIPT,
    rows,
  };
  const npm = (await output('npm', ['--version'])).trim();
  return { comparisons: [synth, await watched(project)], versions: { npm, helm: chart.version, cdk8s } };
}

const NOTE = `
Every contender makes the objects of dist/. Before each run the number of replicas changes where the contender declares it.
Ours also writes the Helm chart and predicts what a new image does to each workload. The synth script is what
\`npm run synth\` calls. \`${CDK8S_EMPTY}\` is cdk8s-cli with an app that only runs
\`${EMPTY_APP}\`.`;

export const topic: Topic = {
  id: 'synth',
  title: 'Synthesis',
  method: 'How long a user waits after changing a source, including the start of the process.',
  measure,
  aims: (figures) => [
    atMost(
      2,
      '×',
      'the synth script, relative to `helm template`',
      figures.ratio('synth.time', SCRIPT, HELM),
      'After a change, each run bundles the sources and loads cdk8s. It also writes the Helm chart and the predictions, which no peer makes.',
    ),
    atMost(
      2,
      '×',
      'the same on Node.js 24',
      figures.ratio('synth.time', SCRIPT_24, HELM),
      'The work is the same. The compile cache of Node.js 24 helps only a run without a change.',
    ),
    atMost(
      1.2,
      '×',
      '`npx cdk8s synth`, relative to cdk8s-cli with an empty app',
      figures.ratio('synth.time', CDK8S, CDK8S_EMPTY),
      'npx, cdk8s-cli and the start of Node.js take two thirds of the time; bundling and the app take the rest.',
    ),
    atMost(
      500,
      'ms',
      'from a save to its difference on the screen',
      figures.median('watch.time', WATCH),
      'Nearly all of it is the synth script.',
    ),
  ],
};
