import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { distFiles, ROOT } from '../kit/dist';
import { CHART, HELM } from '../kit/helm';
import { newest } from '../kit/kubernetes-versions.json';
import { output } from '../kit/process';
import { runMain } from '../kit/tools';
import { checkers, type Staged } from './checkers';
import { judge, readExceptions, type Finding } from './findings';
import { slug, stage, type Source } from './sources';

/** A Deployment with many faults. A checker that finds nothing here does not work. */
const CONTROL: Source = {
  name: 'control.yaml',
  yaml: readFileSync(path.join(__dirname, 'control.yaml'), 'utf8'),
};

/** Returns everything that is deployed: dist/, and the Helm chart with its defaults and with each of its `ci/` values. */
async function deployed(): Promise<Source[]> {
  const files = distFiles().map((name) => ({
    name,
    yaml: readFileSync(path.join(ROOT, 'dist', name), 'utf8'),
  }));
  const template = (...options: string[]) =>
    output(HELM, ['template', 'online-inference', CHART, ...options]);
  const values = readdirSync(path.join(CHART, 'ci')).map(async (file) => ({
    name: `helm ${file.replace('-values.yaml', '')}`,
    yaml: await template('--values', path.join(CHART, 'ci', file)),
  }));
  return [...files, { name: 'helm', yaml: await template() }, ...(await Promise.all(values))];
}

/** Runs the checkers. Returns their findings and a line for each problem with a checker itself. */
async function check(
  staged: Staged,
  names: readonly string[],
): Promise<{ findings: Finding[]; problems: string[] }> {
  const findings: Finding[] = [];
  const problems: string[] = [];
  for (const { name, unread = [], report } of checkers) {
    const { findings: all, seen } = await report(staged);
    const own = all.filter(({ source }) => source !== CONTROL.name);
    console.log(`${name}: ${seen.size} sources, ${own.length} findings`);
    findings.push(...own);
    for (const source of names.filter((each) => seen.has(each) === unread.includes(each))) {
      problems.push(`${name} ${seen.has(source) ? 'now reads' : 'has not read'} ${source}`);
    }
    if (own.length === all.length) problems.push(`${name} finds nothing in ${CONTROL.name}`);
  }
  return { findings, problems };
}

runMain(async () => {
  const exceptions = readExceptions(readFileSync(path.join(__dirname, 'exceptions.yaml'), 'utf8'));
  const sources = [...(await deployed()), CONTROL];
  const names = new Map(sources.map((source) => [slug(source), source.name]));
  const folder = mkdtempSync(path.join(tmpdir(), 'manifests-'));
  try {
    stage(sources, folder);
    const files = readdirSync(folder).map((file) => path.join(folder, file));
    const staged = { folder, files, kubernetes: newest, sourceOf: (name: string) => names.get(name) ?? name };
    const { findings, problems } = await check(staged, [...names.values()]);
    const lines = [...problems, ...judge(findings, exceptions)];
    console.log(lines.length === 0 ? 'every finding has an exception with a reason' : lines.join('\n'));
    process.exitCode = lines.length === 0 ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
