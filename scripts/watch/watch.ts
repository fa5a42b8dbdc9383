import path from 'node:path';
import { difference, type DifferenceOptions, type Texts } from './difference';

/** What a synthesis came to: what it has written, or what it said of its failure. */
export type Outcome =
  | { readonly texts: Texts; readonly failure?: undefined }
  | { readonly texts?: undefined; readonly failure: string };

/** What `watch` needs. */
export interface WatchOptions extends DifferenceOptions {
  /** The folder whose files are watched. */
  readonly folder: string;
  /** Never rejects. */
  readonly synthesize: () => Promise<Outcome>;
  readonly print: (text: string) => void;
  /** Ends the watch when it is aborted. */
  readonly signal: AbortSignal;
}

/** Folders that hold no sources, or what a synthesis writes. */
const IGNORED = /(?:^|[\\/])(?:\.[^\\/]+|node_modules|dist|coverage|build)(?:$|[\\/])/;

/** An editor's save is often several events: these milliseconds gather them. */
const GATHER_MS = 10;

/**
 * Synthesizes once, and again whenever a file is saved, and prints what that changes. A synthesis that fails
 * is told of; what comes after it is compared with the last one that did not.
 */
export async function watch(options: WatchOptions): Promise<void> {
  const { folder, synthesize, print, signal } = options;
  let last: Texts | undefined;
  let saved: string | undefined = '';
  let busy = false;

  const synthesizeAll = async (): Promise<void> => {
    while (!busy && saved !== undefined) {
      const [file, began] = [saved, performance.now()];
      saved = undefined;
      busy = true;
      const { texts, failure } = await synthesize();
      busy = false;
      const took = `${file}: ${Math.round(performance.now() - began)} ms`;
      if (failure !== undefined) print(failure.trimEnd());
      else if (file !== '') print(told(difference(last ?? texts, texts, options), took));
      last = texts ?? last;
    }
  };

  const { watch: watchFiles } = await import('chokidar');
  const isIgnored = (file: string): boolean => IGNORED.test(path.relative(folder, file));
  const watcher = watchFiles(folder, { ignoreInitial: true, ignored: isIgnored });
  const ready = new Promise<void>((resolve) => watcher.once('ready', resolve));
  // of its other events the second of two within 50 ms is left out, such as that of a formatter after a save
  watcher.on('raw', (_, name, about) => {
    const { watchedPath } = about as { watchedPath: string };
    const file = path.basename(watchedPath) === name ? watchedPath : path.join(watchedPath, name);
    if (isIgnored(file)) return;
    saved = path.relative(folder, file);
    setTimeout(() => void synthesizeAll(), GATHER_MS);
  });
  await Promise.all([synthesizeAll(), ready]);
  print(`watching ${folder}; Ctrl-C ends it`);
  await aborted(signal);
  await watcher.close();
}

function told(changed: string, took: string): string {
  return changed === '' ? `${took}, which changes nothing` : `${changed}\n${took}`;
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise((resolve) => {
    signal.addEventListener('abort', resolve, { once: true });
  });
}
