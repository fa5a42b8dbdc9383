import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { InstallError } from '../../scripts/tools/install';
import { checkers, install, type Staged, type Tools } from './checkers';
import { judge, readExceptions, type Finding } from './findings';
import { deployed, slug, stage, type Source } from './sources';

/** A Deployment with so much amiss that a checker which finds nothing there finds nothing anywhere. */
const CONTROL: Source = {
  name: 'control.yaml',
  text: readFileSync(path.join(__dirname, 'control.yaml'), 'utf8'),
};

interface Outcome {
  readonly findings: readonly Finding[];
  /** What keeps a checker's silence from meaning that all is well. */
  readonly broken: readonly string[];
}

function outcomes(staged: Staged, tools: Tools, names: readonly string[]): readonly Outcome[] {
  return checkers.map(({ name, unread = [], report }) => {
    const { findings, seen } = report(staged, tools);
    const own = findings.filter(({ source }) => source !== CONTROL.name);
    console.log(`${name}: ${seen.size} sources, ${own.length} findings`);
    return {
      findings: own,
      broken: [
        ...names
          .filter((source) => seen.has(source) === unread.includes(source))
          .map((source) => `${name} ${seen.has(source) ? 'now reads' : 'has not read'} ${source}`),
        ...(own.length === findings.length ? [`${name} finds nothing in ${CONTROL.name}`] : []),
      ],
    };
  });
}

/** What keeps manifests from passing, a line each; none when they do. */
function complaints(sources: readonly Source[], tools: Tools): string[] {
  const exceptions = readExceptions(readFileSync(path.join(__dirname, 'exceptions.yaml'), 'utf8'));
  const all = [...sources, CONTROL];
  const names = new Map(all.map((source) => [slug(source), source.name]));
  const folder = mkdtempSync(path.join(tmpdir(), 'manifests-'));
  try {
    stage(all, folder);
    const files = readdirSync(folder).map((file) => path.join(folder, file));
    const staged = { folder, files, sourceOf: (name: string) => names.get(name) ?? name };
    const seen = outcomes(staged, tools, [...names.values()]);
    const { unexplained, idle } = judge(
      seen.flatMap(({ findings }) => findings),
      exceptions,
    );
    return [
      ...seen.flatMap(({ broken }) => broken),
      ...unexplained.map(
        ({ check, source, object, message }) => `${check}: ${object} of ${source}: ${message}`,
      ),
      ...idle.map((exception) => `exceptions.yaml explains ${exception}, where there is nothing to explain`),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function main(): Promise<void> {
  const found = complaints(deployed(), await install());
  console.log(found.length === 0 ? 'every finding is explained' : found.join('\n'));
  process.exitCode = found.length === 0 ? 0 : 1;
}

main().catch((error: unknown) => {
  console.error(error instanceof InstallError ? error.message : error);
  process.exitCode = 1;
});
