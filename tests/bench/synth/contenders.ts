import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { runProcess } from '../frame/process';
import type { Contender } from '../frame/topic';
import { comparable, objectsIn, type Step } from './steps';
import type { Change } from './project';

/** Makes the manifests by a command, after a source of theirs has changed. */
export interface Synthesis {
  readonly name: string;
  readonly ours?: boolean;
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** What is changed before each run; nothing when it is left out, and nothing is expected to be made. */
  readonly change?: Change;
  /** Folder of the YAML. @default - standard output */
  readonly dist?: string;
}

/** No upgrade is looked for: that is the network's time. */
const env = { CDK8S_CHECK_UPGRADE: 'false', npm_config_update_notifier: 'false' };

/** The time from a changed file to the manifests, on disk or printed. */
export function contender(synthesis: Synthesis): Contender {
  const { name, ours = false, program, args, cwd, change } = synthesis;
  return {
    name,
    ours,
    measure: async (signal) => {
      const replicas = change?.make();
      const { milliseconds, stdout } = await runProcess(program, args, { cwd, env, signal });
      if (replicas !== undefined && !yamlOf(synthesis, stdout).includes(`replicas: ${replicas}\n`)) {
        throw new Error(`${name} did not see that ${change?.file ?? ''} has changed to ${replicas}`);
      }
      return { time: milliseconds };
    },
  };
}

function yamlOf({ dist }: Synthesis, stdout: string): string {
  if (dist === undefined) return stdout;
  const files = existsSync(dist) ? readdirSync(dist).filter((file) => file.endsWith('.yaml')) : [];
  return files.map((file) => `---\n${readFileSync(path.join(dist, file), 'utf8')}`).join('');
}

/**
 * Holds a peer to the same objects: less work would be no contest.
 *
 * @throws Error when it makes others
 */
export async function assertSame(synthesis: Synthesis, steps: readonly Step[]): Promise<void> {
  const { program, args, cwd, name } = synthesis;
  const { stdout } = await runProcess(program, args, { cwd, env });
  const theirs = comparable(objectsIn(yamlOf(synthesis, stdout)));
  if (theirs !== comparable(steps.flatMap(({ objects }) => objects))) {
    throw new Error(`${name} does not make the objects of dist/`);
  }
}
