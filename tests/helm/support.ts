import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { parseAllDocuments } from 'yaml';

const run = promisify(execFile);

/** Where helm is; installs it where it is not on the PATH. Its message says why it cannot. */
export const HELM = execFileSync(path.join(__dirname, '../../scripts/tools/helm.cjs'), { encoding: 'utf8' }).trim();

/** A parsed manifest. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly labels?: Record<string, string>;
    readonly annotations?: Record<string, string>;
  };
  readonly [key: string]: unknown;
}

/** What helm said to a chart and values: what it made of them, or why it refused. */
export type Answer<T> = { readonly accepted: T } | { readonly refusal: string };

/** JSON is YAML in which nothing can be taken for something else, once YAML 1.1's own line breaks are escaped. */
function asYaml(values: object): string {
  return JSON.stringify(values).replace(
    /[\u0085\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** A folder of one test file. */
export class Folder {
  readonly path = mkdtempSync(path.join(tmpdir(), 'helm-'));
  private written = 0;

  /** Writes a chart's files, and gives their folder. */
  chart(name: string, files: ReadonlyMap<string, string>): string {
    for (const [file, content] of files) {
      const target = path.join(this.path, name, file);
      mkdirSync(path.dirname(target), { recursive: true });
      writeFileSync(target, content);
    }
    return path.join(this.path, name);
  }

  /** What helm prints for a chart as the release `demo`, with values given in a file of their own. */
  async text(chart: string, values: object = {}, ...options: string[]): Promise<Answer<string>> {
    const file = path.join(this.path, `values-${this.written++}.yaml`);
    writeFileSync(file, asYaml(values));
    try {
      const name = options.includes('--name-template') ? [] : ['demo'];
      const args = ['template', ...name, chart, '--values', file, ...options];
      return { accepted: (await run(HELM, args, { maxBuffer: 2 ** 26 })).stdout };
    } catch (error) {
      return { refusal: (error as { stderr: string }).stderr };
    }
  }

  /** Renders a chart that is to be accepted. */
  async manifests(chart: string, values: object = {}, ...options: string[]): Promise<Manifest[]> {
    const answer = await this.text(chart, values, ...options);
    if ('refusal' in answer) {
      throw new Error(answer.refusal);
    }
    return parse(answer.accepted);
  }
}

/** A folder of the test file that asks for it, which goes after its last test. */
export function ownFolder(): Folder {
  const folder = new Folder();
  afterAll(() => {
    rmSync(folder.path, { recursive: true, force: true });
  });
  return folder;
}

/** The manifests of a YAML stream. */
export function parse(text: string): Manifest[] {
  return parseAllDocuments(text, { version: '1.1' })
    .map((document) => document.toJS() as Manifest | null)
    .filter((manifest) => manifest !== null);
}

/** The one manifest of a kind. */
export function only(manifests: readonly Manifest[], kind: string): Manifest {
  const [found, ...more] = manifests.filter((manifest) => manifest.kind === kind);
  if (!found || more.length > 0) {
    throw new Error(`${found ? more.length + 1 : 0} manifests of kind ${kind}`);
  }
  return found;
}
