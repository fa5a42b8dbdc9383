import { readdirSync } from 'node:fs';
import path from 'node:path';
import { newest } from '../kit/kubernetes-versions.json';
import type { Ended } from '../kit/process';
import { goRun, python } from '../kit/tools';

/** kube-score's module at the version that docs/manifests.md names. */
export const KUBE_SCORE = 'github.com/zegl/kube-score/cmd/kube-score@v1.20.0';

/** The result of one check of one object. */
export interface Result {
  /** The checker and its rule, such as `kube-score pod-networkpolicy`. */
  readonly check: string;
  /** The source of the object. */
  readonly source: string;
  /** Kind and name, such as `pod/online-inference-pod`. */
  readonly object: string;
  readonly message: string;
  readonly isPassed: boolean;
}

/** A program that checks manifests. */
interface Checker {
  readonly name: string;
  /** Sources that the checker cannot read. */
  readonly unread: readonly string[];
  /** Checks all files of a folder, each of which has a source. */
  readonly check: (folder: string) => Promise<Result[]>;
}

export const checkers: readonly Checker[] = [
  {
    name: 'kube-score',
    // kube-score does not know ReplicaSets.
    unread: ['online-inference-replicaset'],
    check: async (folder: string): Promise<Result[]> => {
      const format = ['--output-format', 'json', '--kubernetes-version', `v${newest}`];
      const files = readdirSync(folder).map((file) => path.join(folder, file));
      return readKubeScore(
        jsonOf(await goRun(KUBE_SCORE, ['score', ...format, '--all-default-optional', ...files])),
      );
    },
  },
  {
    name: 'checkov',
    unread: [],
    check: async (folder: string): Promise<Result[]> => {
      const settings = ['--config-file', path.join(__dirname, 'checkov.yaml'), '--directory', folder];
      const requirements = path.join(__dirname, 'requirements.txt');
      return readCheckov(jsonOf(await python(requirements, ['-m', 'checkov.main', ...settings])));
    },
  },
];

/** A checker that finds something may exit with a code other than 0: its output counts. */
function jsonOf({ stdout, stderr }: Ended): string {
  if (stdout.trim() === '') throw new Error(stderr);
  return stdout;
}

interface ScoredObject {
  readonly type_meta: { readonly kind: string };
  readonly object_meta: { readonly name: string; readonly namespace: string };
  readonly checks: readonly {
    readonly check: { readonly id: string; readonly name: string };
    /** 10 if the check finds nothing. */
    readonly grade: number;
    readonly skipped: boolean;
    readonly comments: readonly { readonly path: string; readonly summary: string }[] | null;
  }[];
}

/** Reads kube-score's JSON. */
export function readKubeScore(json: string): Result[] {
  return (JSON.parse(json) as readonly ScoredObject[]).flatMap(({ type_meta, object_meta, checks }) =>
    checks.map(({ check, grade, skipped, comments }) => ({
      check: `kube-score ${check.id}`,
      source: object_meta.namespace,
      object: `${type_meta.kind.toLowerCase()}/${object_meta.name}`,
      message:
        (comments ?? []).map(({ path: place, summary }) => `${place} ${summary}`.trim()).join('; ') ||
        check.name,
      isPassed: skipped || grade === 10,
    })),
  );
}

interface Checkov {
  readonly results: Readonly<Record<'passed_checks' | 'failed_checks', readonly CheckovResult[]>> & {
    readonly parsing_errors: readonly string[];
  };
}

interface CheckovResult {
  readonly check_id: string;
  readonly check_name: string;
  /** Kind, namespace and name, separated by dots. */
  readonly resource: string;
}

/**
 * Reads checkov's JSON.
 *
 * @throws Error if checkov could not parse a file
 */
export function readCheckov(json: string): Result[] {
  const { passed_checks, failed_checks, parsing_errors } = (JSON.parse(json) as Checkov).results;
  const [unread] = parsing_errors;
  if (unread !== undefined) throw new Error(`checkov cannot parse ${unread}`);
  return [...passed_checks, ...failed_checks].map((result) => {
    const [kind = '', source = '', ...name] = result.resource.split('.');
    return {
      check: `checkov ${result.check_id}`,
      source,
      object: `${kind.toLowerCase()}/${name.join('.')}`,
      message: result.check_name,
      isPassed: passed_checks.includes(result),
    };
  });
}
