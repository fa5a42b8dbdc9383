import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { InputError } from '../errors/input-error.ts';
import { fileErrorReason } from '../errors/reason.ts';
import { renderChart, renderKustomization } from '../manifest/rendering.ts';

/** The exit codes of every command. */
export const exitCodes = { ok: 0, verdictNo: 1, badInput: 2, failed: 3 } as const;

/** The streams and the exit code of a process. */
export interface Terminal {
  readonly stdin: NodeJS.ReadableStream;
  readonly stdout: NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };
  readonly stderr: NodeJS.WritableStream & { readonly isTTY?: boolean };
  /** Set by a command that ran but whose verdict is no. @default 0 */
  exitCode: number;
}

/** Returns the name of an input file for error messages. */
export const originOf = (file: string): string => (file === '-' ? 'standard input' : file);

const isManifest = (file: string): boolean => /\.(ya?ml|json)$/.test(file);

/** Returns what to do with a folder where one file is expected. */
function folderError(folder: string): InputError {
  const files = readdirSync(folder).sort();
  const own = folder.replace(/(?<=.)[/\\]+$/, '');
  if (files.includes('Chart.yaml')) return new InputError(renderChart(folder, 'a Helm chart', own));
  if (files.some((file) => /^(kustomization\.ya?ml|Kustomization)$/.test(file))) {
    return new InputError(renderKustomization(folder, own));
  }
  const readable = files.filter(isManifest);
  const has = readable.length === 0 ? 'no .yaml, .yml or .json file' : readable.slice(0, 10).join(', ');
  return new InputError(`${folder} is a folder, expected a file; it has ${has}`);
}

/** Windows tools also write UTF-16 with a byte order mark. */
function decodeText(bytes: Uint8Array): string {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
}

/**
 * Reads a file, or standard input for `-`.
 *
 * @throws InputError if the file cannot be read
 */
export async function readInput(file: string, { stdin }: Pick<Terminal, 'stdin'>): Promise<string> {
  if (file === '-') return decodeText(await buffer(stdin));
  try {
    if (statSync(file).isDirectory()) throw folderError(file);
    return decodeText(readFileSync(file));
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(`cannot read ${file}: ${fileErrorReason(error)}`);
  }
}

/** Returns whether a path is a folder of manifests, and not of a chart or a kustomization. */
function isManifestFolder(file: string): boolean {
  if (!statSync(file, { throwIfNoEntry: false })?.isDirectory()) return false;
  const files = readdirSync(file);
  return (
    files.some(isManifest) && !files.some((each) => /^(Chart\.yaml|[Kk]ustomization(\.ya?ml)?)$/.test(each))
  );
}

/**
 * Reads a file, standard input for `-`, or the manifests of a folder as `kubectl apply -f` does.
 *
 * @throws InputError if the file or the folder cannot be read
 */
export async function readManifests(file: string, terminal: Pick<Terminal, 'stdin'>): Promise<string> {
  if (file === '-' || !isManifestFolder(file)) return readInput(file, terminal);
  const files = readdirSync(file).filter(isManifest).sort();
  const contents = await Promise.all(files.map((each) => readInput(path.join(file, each), terminal)));
  return contents.join('\n---\n');
}

/**
 * Writes a file.
 *
 * @throws InputError if the file cannot be written
 */
export function writeOutput(file: string, content: string | Uint8Array): void {
  try {
    writeFileSync(file, content);
  } catch (error) {
    throw new InputError(`cannot write ${file}: ${fileErrorReason(error)}`);
  }
}
