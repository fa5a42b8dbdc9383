import path from 'node:path';
import { difference, type DifferenceOptions, type FileContents } from './difference';

/** Result of a synthesis: the files that it wrote, or its error message. */
export type Outcome =
  | { readonly files: FileContents; readonly failure?: undefined }
  | { readonly files?: undefined; readonly failure: string };

/** Options of `watch`. */
export interface WatchOptions extends DifferenceOptions {
  /** The folder whose files are watched. */
  readonly folder: string;
  /** Runs a synthesis. Never rejects. */
  readonly synthesize: () => Promise<Outcome>;
  /** Prints a block of lines. */
  readonly print: (block: string) => void;
  /** Ends the watch when it is aborted. */
  readonly signal: AbortSignal;
}

/** Folders without sources, or that a synthesis writes. */
const IGNORED = /(?:^|[\\/])(?:\.[^\\/]+|node_modules|dist|coverage|build)(?:$|[\\/])/;

/** An editor's save is often several events; these milliseconds join them. */
const DEBOUNCE_MS = 10;

/**
 * Synthesizes at the start and after each save, and prints what each save changed. Prints the error of
 * a failed synthesis; the next difference is then against the last synthesis that succeeded.
 */
export async function watch(options: WatchOptions): Promise<void> {
  const { folder, synthesize, print, signal } = options;
  let last: FileContents | undefined;
  let saved: string | undefined = '';
  let busy = false;

  const synthesizeAll = async (): Promise<void> => {
    while (!busy && saved !== undefined) {
      const [file, began] = [saved, performance.now()];
      saved = undefined;
      busy = true;
      const { files, failure } = await synthesize();
      busy = false;
      const took = `${file}: ${Math.round(performance.now() - began)} ms`;
      if (failure !== undefined) print(failure.trimEnd());
      else if (file !== '') print(report(difference(last ?? files, files, options), took));
      last = files ?? last;
    }
  };

  // chokidar has only an ES module
  const { watch: watchFiles } = await import('chokidar');
  const isIgnored = (file: string): boolean => IGNORED.test(path.relative(folder, file));
  const watcher = watchFiles(folder, { ignoreInitial: true, ignored: isIgnored });
  const ready = new Promise<void>((resolve) => watcher.once('ready', resolve));
  // `change` events are throttled to one in 50 ms per file, which loses a formatter's write after a save
  watcher.on('raw', (_, name, details) => {
    const { watchedPath } = details as { watchedPath: string };
    const file = path.basename(watchedPath) === name ? watchedPath : path.join(watchedPath, name);
    if (isIgnored(file)) return;
    saved = path.relative(folder, file);
    setTimeout(() => void synthesizeAll(), DEBOUNCE_MS);
  });
  await Promise.all([synthesizeAll(), ready]);
  print(`watching ${folder}; press Ctrl-C to stop`);
  await aborted(signal);
  await watcher.close();
}

function report(changes: string, took: string): string {
  return changes === '' ? `${took}, no change` : `${changes}\n${took}`;
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise((resolve) => {
    signal.addEventListener('abort', resolve, { once: true });
  });
}
