import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Gives a file a content in one step; one that has it already is not written. */
export function replace(file: string, content: string): void {
  if (contentOf(file) === content) return;
  mkdirSync(path.dirname(file), { recursive: true });
  const part = path.join(path.dirname(file), `.${path.basename(file)}.part`);
  writeFileSync(part, content);
  renameSync(part, file);
}

export function contentOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
