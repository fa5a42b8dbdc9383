import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { parseAllDocuments } from 'yaml';

const run = promisify(execFile);

/** Path of the helm command: the environment variable `HELM`. @default - the `helm` on the PATH */
export const HELM = process.env['HELM'] ?? 'helm';

/** A Kubernetes object, as parsed from YAML. */
export interface Manifest {
  /** API group and version, such as `apps/v1`. */
  readonly apiVersion: string;
  /** Kind of the object. */
  readonly kind: string;
  /** Name, labels and annotations. @default - no labels and no annotations */
  readonly metadata: {
    readonly name: string;
    readonly labels?: Record<string, string>;
    readonly annotations?: Record<string, string>;
  };
  /** Further fields, such as `spec`. */
  readonly [key: string]: unknown;
}

/** Result of `helm template`: its standard output, or its error message. */
export type HelmResult = { readonly output: string } | { readonly error: string };

/** A temporary folder in which tests write charts, and render them with helm. */
export class HelmFolder {
  private readonly folder = mkdtempSync(path.join(tmpdir(), 'helm-'));
  private valuesFiles = 0;

  /** Writes the files of a chart. Returns the path of the chart. */
  write(chart: string, files: ReadonlyMap<string, string>): string {
    for (const [file, content] of files) {
      const target = path.join(this.folder, chart, file);
      mkdirSync(path.dirname(target), { recursive: true });
      writeFileSync(target, content);
    }
    return path.join(this.folder, chart);
  }

  /**
   * Runs `helm template` for a chart as the release `demo`.
   *
   * @param values content of the values file
   * @param options further options, such as `--name-template`, which replaces the release's name
   */
  async template(chart: string, values: object = {}, ...options: string[]): Promise<HelmResult> {
    const file = path.join(this.folder, `values-${this.valuesFiles++}.yaml`);
    writeFileSync(file, asYaml(values));
    const name = options.includes('--name-template') ? [] : ['demo'];
    const args = ['template', ...name, chart, '--values', file, ...options];
    try {
      return { output: (await run(HELM, args, { maxBuffer: 2 ** 26 })).stdout };
    } catch (error) {
      return { error: (error as { stderr: string }).stderr };
    }
  }

  /**
   * Runs `helm template`, and parses its output.
   *
   * @throws Error with helm's message if helm fails
   */
  async manifests(chart: string, values: object = {}, ...options: string[]): Promise<Manifest[]> {
    return parseManifests(outputOf(await this.template(chart, values, ...options)));
  }

  /** Deletes the folder. */
  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/**
 * Returns helm's output.
 *
 * @throws Error with helm's message if helm failed
 */
export function outputOf(result: HelmResult): string {
  if ('error' in result) {
    throw new Error(result.error);
  }
  return result.output;
}

/** Parses a YAML stream of manifests. */
export function parseManifests(yaml: string): Manifest[] {
  return parseAllDocuments(yaml, { version: '1.1' })
    .map((document) => document.toJS() as Manifest | null)
    .filter((manifest) => manifest !== null);
}

/**
 * Returns the only manifest of a kind.
 *
 * @throws Error when there is none, or more than one
 */
export function onlyManifest(manifests: readonly Manifest[], kind: string): Manifest {
  const [found, ...more] = manifests.filter((manifest) => manifest.kind === kind);
  if (!found || more.length > 0) {
    throw new Error(`expected 1 manifest of kind ${kind}, found ${found ? more.length + 1 : 0}`);
  }
  return found;
}

/** Returns YAML in which nothing is ambiguous: JSON with the line breaks of YAML 1.1 escaped. */
function asYaml(values: object): string {
  return JSON.stringify(values).replace(
    /[\u0085\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
