import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';

const APP = path.join(__dirname, '../../packages/service');
const BUILD = path.join(APP, 'build');

/** The heap that the image takes in a container of 256Mi, told to any Node: 30 % of that. */
const POD_HEAP = ['--max-old-space-size=77', '--max-semi-space-size=2'];

/** A service that is sent requests. */
export interface Target {
  readonly host: string;
  readonly port: number;
}

/** A service that was started here. */
export interface OwnTarget extends Target {
  /** Lines of its log that tell of a fault of the service's own. */
  readonly faults: readonly string[];
  /** How the process ended, if it did so before it was told to. */
  readonly crashed: () => string | undefined;
  /** Ends it as Kubernetes does, and removes what is left of it. */
  end(): Promise<void>;
}

/** `HOST:PORT`. @throws Error that says how it is written */
export function parseTarget(text: string): Target {
  const [, host, port] = /^(.+):(\d{1,5})$/.exec(text) ?? [];
  if (host === undefined || Number(port) > 65_535) {
    throw new Error(`the service's address must be HOST:PORT, not ${text}`);
  }
  return { host, port: Number(port) };
}

/** Bundles the service as its image does, and starts it on a free port. */
export async function startBundle(): Promise<OwnTarget> {
  const name = `fuzz-${process.pid}`;
  execFileSync(process.execPath, [path.join(APP, 'bundle.cjs'), name]);
  return start([...POD_HEAP, path.join(BUILD, `${name}.js`)], {}, () => {
    const files = readdirSync(BUILD).filter((file) => file.startsWith(`${name}.`));
    files.forEach((file) => {
      rmSync(path.join(BUILD, file));
    });
  });
}

/**
 * Starts the service from its sources on a free port.
 *
 * @param coverage the folder to which V8 writes what was run, when the service ends
 */
export function startSources(coverage: string): Promise<OwnTarget> {
  const main = path.join(APP, 'src', 'main.ts');
  return start(['--require', 'tsx/cjs', main], { NODE_V8_COVERAGE: coverage }, () => undefined);
}

async function start(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  remove: () => void,
): Promise<OwnTarget> {
  const { PATH } = process.env;
  const env = { PATH, HOST: '127.0.0.1', PORT: '0', DRAIN_DELAY_SECONDS: '0', ...environment };
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const faults: string[] = [];
  let crashed: string | undefined;
  let ending = false;
  child.once('exit', (code, signal) => {
    crashed = ending ? undefined : `the service ended with ${signal ?? `exit code ${code ?? ''}`}`;
  });
  const port = await listening(child, faults);
  return {
    host: '127.0.0.1',
    port,
    faults,
    crashed: () => crashed,
    end: async () => {
      ending = true;
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGTERM');
        await once(child, 'exit');
        remove();
      }
    },
  };
}

interface LogLine {
  readonly level: string;
  readonly msg: string;
}

/** Reads the log for as long as the service lives; gives its port once that is open. */
function listening(
  child: ChildProcess & { stdout: NodeJS.ReadableStream },
  faults: string[],
): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('exit', () => {
      reject(new Error('the service ended before its port was open'));
    });
    createInterface({ input: child.stdout }).on('line', (line) => {
      const { level, msg } = JSON.parse(line) as LogLine;
      const port = /listening at .*:(\d+)/.exec(msg)?.[1];
      if (port !== undefined) {
        resolve(Number(port));
      }
      if (level === 'error' || level === 'fatal') {
        faults.push(line);
      }
    });
  });
}
