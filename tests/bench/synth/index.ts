import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { compare } from '../frame/compare';
import { ROOT } from '../frame/peers';
import { runProcess } from '../frame/process';
import type { Comparison, Measured, Topic } from '../frame/topic';
import { aims } from './aims';
import { assertSame, contender, type Synthesis } from './contenders';
import { helmAndKubectl, helmChart, kustomization, models, node24, template } from './peers';
import { Change, projectCopy } from './project';
import { steps } from './steps';
import { Watching } from './watching';

const TIME = {
  id: 'time',
  title: 'from a changed file to the manifests',
  unit: 'ms',
  better: 'lower',
} as const;

/** What cdk8s-cli is told to run as an app that makes nothing. */
const EMPTY_APP = `node -e 'fs.mkdirSync(process.env.CDK8S_OUTDIR)'`;

async function measure(): Promise<Measured> {
  const project = projectCopy('synth');
  addNothingToDo(project);
  const made = steps();
  const { helm, kubectl } = await helmAndKubectl();
  const chart = helmChart(path.join(project, '../peers.run'), made);
  const kustomized = kustomization(path.join(project, '../peers.run'), made);
  const scripts = { template: await template(made), models: await models(made) };

  const setting = new Change(
    path.join(project, 'settings.ts'),
    /(replicas: Type\.Integer\(\{\s+default: )\d+/,
  );
  const ours = { ours: true, cwd: project, change: setting, dist: path.join(project, 'dist') };
  const script = (folder: string) => ({
    cwd: folder,
    change: new Change(path.join(folder, 'main.ts'), /(const REPLICAS = )\d+/),
    dist: path.join(folder, 'dist'),
  });
  const peers: Synthesis[] = [
    {
      name: 'helm template',
      program: helm,
      args: ['template', 'homework', chart],
      cwd: chart,
      change: new Change(path.join(chart, 'values.yaml'), /(replicas: )\d+/),
    },
    {
      name: 'kubectl kustomize',
      program: kubectl,
      args: ['kustomize', kustomized],
      cwd: kustomized,
      change: new Change(path.join(kustomized, 'kustomization.yaml'), /(count: )\d+/g),
    },
    {
      name: "cdk8s's template, npx ts-node",
      program: 'npx',
      args: ['ts-node', 'main.ts'],
      ...script(scripts.template),
    },
    {
      name: "cdk8s's template, npx tsx",
      program: 'npx',
      args: ['tsx', 'main.ts'],
      ...script(scripts.template),
    },
    {
      name: 'kubernetes-models, npx tsx',
      program: 'npx',
      args: ['tsx', 'main.ts'],
      ...script(scripts.models),
    },
  ];
  for (const peer of peers) await assertSame(peer, made);

  const emptyApp = ['cdk8s', 'synth', '--app', EMPTY_APP, '--output', '.empty'];
  const synth = await compare({
    id: 'synth',
    title: 'From a changed file to the manifests',
    note: NOTE,
    measures: [TIME],
    contenders: [
      { name: 'node scripts/synth/run.cjs', program: process.execPath, args: ['scripts/synth/run.cjs'], ...ours },
      { name: 'node scripts/synth/run.cjs, Node.js 24', program: await node24(), args: ['scripts/synth/run.cjs'], ...ours },
      { name: 'npm run synth', program: 'npm', args: ['run', 'synth'], ...ours },
      { name: 'npx cdk8s synth', program: 'npx', args: ['cdk8s', 'synth'], ...ours },
      ...peers,
      { name: 'node, nothing to do', program: process.execPath, args: ['-e', '0'], cwd: project },
      { name: 'npm run, nothing to do', program: 'npm', args: ['run', 'nothing'], cwd: project },
      { name: 'npx cdk8s synth, empty app', program: 'npx', args: emptyApp, cwd: project },
    ].map(contender),
  });
  return { comparisons: [synth, await watched(project, setting)], versions: await versions(helm, kubectl) };
}

async function watched(project: string, setting: Change): Promise<Comparison> {
  const watching = await Watching.start(project);
  try {
    return await compare({
      id: 'watch',
      title: 'From a save to its difference on the screen',
      measures: [{ ...TIME, title: 'npm run watch' }],
      contenders: [
        { name: 'npm run watch', ours: true, measure: async () => ({ time: await watching.show(setting) }) },
      ],
    });
  } finally {
    await watching.end();
  }
}

function addNothingToDo(project: string): void {
  const file = path.join(project, 'package.json');
  writeFileSync(
    file,
    readFileSync(file, 'utf8').replace('"scripts": {', '"scripts": {\n    "nothing": ":",'),
  );
}

async function versions(helm: string, kubectl: string): Promise<Record<string, string>> {
  const said = async (program: string, ...args: string[]): Promise<string> =>
    (await runProcess(program, args)).stdout.trim();
  const { dependencies, devDependencies } = JSON.parse(
    readFileSync(path.join(ROOT, 'tests/bench/synth/peers/cdk8s-template/package.json'), 'utf8'),
  ) as Record<'dependencies' | 'devDependencies', Record<string, string>>;
  return {
    npm: await said('npm', '--version'),
    helm: (await said(helm, 'version', '--template={{.Version}}')).slice(1),
    kubectl: /v(\S+)/.exec(await said(kubectl, 'version', '--client'))?.[1] ?? '',
    ...dependencies,
    ...devDependencies,
    'kubernetes-models': '5.1.0',
  };
}

const NOTE = `
Each contender makes the same objects, which is checked before, in seven files or printed in one stream. Before each
run the number of replicas is changed where its source declares it; a run that does not show the new number is no run.
Ours also writes the Helm chart and predicts what a new image does to each workload. \`npx cdk8s synth, empty app\` is
what cdk8s-cli takes with an app that is \`${EMPTY_APP}\`.`;

export const topic: Topic = {
  id: 'synth',
  title: 'Synthesis',
  method: 'What a person waits for after a change of a source, process start and all.',
  measure,
  aims,
};
