import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { App } from 'cdk8s';
import { replace } from './replace';

/**
 * Where cdk8s writes before `dist/` is touched, as in cdk8s.yaml: cdk8s-cli clears its output
 * folder before it runs the app, so a failed synthesis would leave `dist/` empty.
 */
export const STAGING = '.cdk8s';

const DIST = 'dist';

/**
 * Synthesizes the app. When that went to the staging folder, `dist/` becomes the same; when
 * the user asked cdk8s-cli for another folder or for standard output, `dist/` stays as it is.
 *
 * @param ready called when all is synthesized and `dist/` is as it was; what it gives is called when `dist/` has been written
 */
export function publish(app: App, ready: () => () => void): void {
  const staged = path.resolve(app.outdir) === path.resolve(STAGING);
  if (staged) {
    rmSync(STAGING, { recursive: true, force: true });
  }
  app.synth();
  separate(app);
  if (staged) {
    const published = ready();
    mirror(STAGING, DIST);
    published();
  }
}

/**
 * Opens each chart's file with the mark of a new document: `cdk8s synth --stdout` prints the files
 * one after the other with nothing between them, and kubectl would read them as one object.
 */
function separate(app: App): void {
  for (const { node } of app.charts) {
    const file = path.join(app.outdir, `${node.id}${app.outputFileExtension}`);
    writeFileSync(file, `---\n${readFileSync(file, 'utf8')}`);
  }
}

/** Makes the files at the top level of `to` those of `from`; each is replaced in one step. */
function mirror(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  const files = readdirSync(from);
  for (const file of files) {
    replace(path.join(to, file), readFileSync(path.join(from, file), 'utf8'));
  }
  const stale = readdirSync(to, { withFileTypes: true }).filter(
    (entry) => entry.isFile() && !files.includes(entry.name),
  );
  for (const { name } of stale) {
    rmSync(path.join(to, name));
  }
}
