import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { goTool, type GoTool } from '../../scripts/tools/go';
import { python } from '../../scripts/tools/python';
import { checkovArguments, readCheckov } from './checkov';
import type { Report } from './findings';
import { kubeScoreArguments, readKubeScore } from './kube-score';
import { kubernetesValidateArguments, readKubernetesValidate } from './kubernetes-validate';

export const KUBE_SCORE: GoTool = {
  name: 'kube-score',
  version: 'v1.20.0',
  package: 'github.com/zegl/kube-score/cmd/kube-score',
};

/** The oldest and the newest version of Kubernetes that the cluster tests run on. */
const OLDEST = '1.27';
const NEWEST = '1.35';

/** Manifests as checkers read them. */
export interface Staged {
  readonly folder: string;
  readonly files: readonly string[];
  /** The source of a file or a namespace. */
  readonly sourceOf: (slug: string) => string;
}

/** Where the checkers are installed. */
export interface Tools {
  readonly python: string;
  readonly kubeScore: string;
}

/**
 * Installs what is not installed yet, all at once.
 *
 * @throws InstallError when one cannot be had
 */
export async function install(): Promise<Tools> {
  const requirements = path.join(__dirname, 'requirements.txt');
  const [pythonPath, kubeScore] = await Promise.all([python(requirements), goTool(KUBE_SCORE)]);
  return { python: pythonPath, kubeScore };
}

/** A checker, and what it says of manifests. */
export interface Checker {
  readonly name: string;
  /** Sources of which it has nothing to say. @default [] */
  readonly unread?: readonly string[];
  readonly report: (staged: Staged, tools: Tools) => Report;
}

const schema = (version: string): Checker => ({
  name: `kubernetes-validate, Kubernetes ${version}`,
  report: ({ files, sourceOf }, { python }) =>
    readKubernetesValidate(output(python, kubernetesValidateArguments(version, files)), sourceOf),
});

/** The checkers, the quickest first. */
export const checkers: readonly Checker[] = [
  schema(OLDEST),
  schema(NEWEST),
  {
    name: 'kube-score',
    // it knows no ReplicaSets
    unread: ['online-inference-replicaset.yaml'],
    report: ({ files, sourceOf }, { kubeScore }) =>
      readKubeScore(output(kubeScore, kubeScoreArguments(NEWEST, files)), sourceOf),
  },
  {
    name: 'checkov',
    report: ({ folder, sourceOf }, { python }) =>
      readCheckov(output(python, checkovArguments(folder)), sourceOf),
  },
];

/** A checker tells by its exit code, too, that it has found something: what it prints is what counts. */
function output(command: string, args: readonly string[]): string {
  try {
    return execFileSync(command, args, {
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  } catch (error) {
    const { stdout } = error as Error & { stdout?: string };
    if (!stdout) {
      throw error;
    }
    return stdout;
  }
}
