import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { distFiles, ROOT } from '../kit/dist';
import { CHART, HELM } from '../kit/helm';
import { output } from '../kit/process';
import { runMain } from '../kit/tools';
import { checkers, type Result } from './checkers';
import { judge, readExceptions } from './exceptions';
import { stage, type Sources } from './sources';

/** Source with many faults. A checker that finds nothing here does not work. */
const CONTROL = 'control';

const read = (file: string): string => readFileSync(path.join(__dirname, file), 'utf8');

/** Returns everything that is deployed: dist/, and the Helm chart with its defaults and with each of its `ci/` values. */
async function deployed(): Promise<Sources> {
  const files = distFiles().map((file) => [
    path.basename(file, '.yaml'),
    readFileSync(path.join(ROOT, 'dist', file), 'utf8'),
  ]);
  const template = (...options: string[]) =>
    output(HELM, ['template', 'online-inference', CHART, ...options]);
  const values = readdirSync(path.join(CHART, 'ci')).map(async (file) => [
    `helm-${file.replace('-values.yaml', '')}`,
    await template('--values', path.join(CHART, 'ci', file)),
  ]);
  return Object.fromEntries([
    ...files,
    ['helm', await template()],
    ...(await Promise.all(values)),
  ]) as Sources;
}

runMain(async () => {
  const exceptions = readExceptions(read('exceptions.yaml'));
  const sources = { ...(await deployed()), [CONTROL]: read('control.yaml') };
  const folder = mkdtempSync(path.join(tmpdir(), 'manifests-'));
  const findings: Result[] = [];
  const problems: string[] = [];
  try {
    stage(sources, folder);
    for (const { name, unread, check } of checkers) {
      const results = await check(folder);
      const seen = new Set(results.map(({ source }) => source));
      const found = results.filter(({ isPassed }) => !isPassed);
      const own = found.filter(({ source }) => source !== CONTROL);
      console.log(`${name}: ${seen.size} sources, ${own.length} findings`);
      findings.push(...own);
      for (const source of Object.keys(sources).filter((each) => seen.has(each) === unread.includes(each))) {
        problems.push(`${name} ${seen.has(source) ? 'now reads' : 'has not read'} ${source}`);
      }
      if (own.length === found.length) problems.push(`${name} finds nothing in ${CONTROL}.yaml`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const lines = [...problems, ...judge(findings, exceptions)];
  console.log(lines.length === 0 ? 'every finding has an exception with a reason' : lines.join('\n'));
  process.exitCode = lines.length === 0 ? 0 : 1;
});
