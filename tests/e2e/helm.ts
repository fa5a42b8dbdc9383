import { CHART, HELM } from '../kit/helm';
import type { Namespace } from '../kit/namespace';
import { output } from '../kit/process';

const WAIT = ['--wait', '--timeout', '150s'];

/** A release of the chart in a namespace. */
export class Release {
  constructor(
    private readonly namespace: Namespace,
    readonly name: string,
  ) {}

  /** Installs the chart. @returns what helm prints, with the notes */
  install(...options: string[]): Promise<string> {
    return this.settled('install', this.name, CHART, ...options);
  }

  /** Upgrades the release with some values changed. */
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

  /** `helm --wait` returns as soon as maxUnavailable allows, which may be before any pod is new. */
  private async settled(...args: string[]): Promise<string> {
    const printed = await this.helm(...args, ...WAIT);
    const selector = `--selector=app.kubernetes.io/instance=${this.name}`;
    await this.namespace.kubectl(['rollout', 'status', 'deployment', selector, '--timeout=150s']);
    return printed;
  }

  /** Runs helm in the release's namespace. */
  helm(...args: string[]): Promise<string> {
    return output(HELM, ['--namespace', this.namespace.name, ...args]);
  }
}
