import { execFile, execFileSync } from 'node:child_process';
import path from 'node:path';
import type { Namespace } from '../kit/namespace';

const HELM = execFileSync(path.join(__dirname, '../../scripts/tools/helm.cjs'), { encoding: 'utf8' }).trim();

/** The committed chart. */
export const CHART = path.join(__dirname, '../../dist/helm/online-inference');

const WAIT = ['--wait', '--timeout', '150s'];

/** A release of the chart in a namespace, called as whoever installs it likes. */
export class Release {
  constructor(
    private readonly namespace: Namespace,
    readonly name: string,
  ) {}

  /** @returns what helm prints, the notes among it */
  install(...options: string[]): Promise<string> {
    return this.settled('install', this.name, CHART, ...options);
  }

  /** Changes some values, and keeps the others. */
  upgrade(...options: string[]): Promise<string> {
    return this.settled('upgrade', this.name, CHART, '--reuse-values', ...options);
  }

  rollback(): Promise<string> {
    return this.settled('rollback', this.name);
  }

  test(): Promise<string> {
    return this.helm('test', this.name, '--timeout', '90s');
  }

  uninstall(): Promise<string> {
    return this.helm('uninstall', this.name, ...WAIT);
  }

  /** Helm 3 waits for as many pods as the strategy wants available, which may be none. */
  private async settled(...args: string[]): Promise<string> {
    const said = await this.helm(...args, ...WAIT);
    const selector = `--selector=app.kubernetes.io/instance=${this.name}`;
    await this.namespace.kubectl(['rollout', 'status', 'deployment', selector, '--timeout=150s']);
    return said;
  }

  /**
   * Runs helm in the release's namespace.
   *
   * @throws Error with what helm said, when it fails
   */
  helm(...args: string[]): Promise<string> {
    return new Promise((resolve, reject) => {
      execFile(HELM, ['--namespace', this.namespace.name, ...args], (error, stdout, stderr) => {
        if (error) {
          reject(new Error(`helm ${args.join(' ')}: ${stderr || error.message}`));
        } else {
          resolve(stdout);
        }
      });
    });
  }
}
