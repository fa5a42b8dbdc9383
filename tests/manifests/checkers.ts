import path from 'node:path';
import type { Ended } from '../kit/process';
import { goRun, python } from '../kit/tools';
import type { Finding } from './findings';

/** kube-score's module at the version that docs/manifests.md names. */
export const KUBE_SCORE = 'github.com/zegl/kube-score/cmd/kube-score@v1.20.0';

/** Manifests as the checkers read them. */
export interface Staged {
  readonly folder: string;
  readonly files: readonly string[];
  /** Returns the source of a file or of a namespace. */
  readonly sourceOf: (slug: string) => string;
  /** Version of Kubernetes that the manifests are for, such as `1.27`. */
  readonly kubernetes: string;
}

/** Findings of a checker and the sources that the checker has read. */
export interface Report {
  readonly findings: readonly Finding[];
  readonly seen: ReadonlySet<string>;
}

/** A program that checks manifests. */
export interface Checker {
  readonly name: string;
  /** Sources that the checker cannot read. @default [] */
  readonly unread?: readonly string[];
  readonly report: (staged: Staged) => Promise<Report>;
}

export const checkers: readonly Checker[] = [
  {
    name: 'kube-score',
    // kube-score does not know ReplicaSets.
    unread: ['online-inference-replicaset.yaml'],
    report: async ({ files, kubernetes, sourceOf }: Staged): Promise<Report> => {
      const format = ['--output-format', 'json', '--kubernetes-version', `v${kubernetes}`];
      const ended = await goRun(KUBE_SCORE, ['score', ...format, '--all-default-optional', ...files]);
      return readKubeScore(jsonOf(ended), sourceOf);
    },
  },
  {
    name: 'checkov',
    report: async ({ folder, sourceOf }: Staged): Promise<Report> => {
      const settings = ['--config-file', path.join(__dirname, 'checkov.yaml'), '--directory', folder];
      const requirements = path.join(__dirname, 'requirements.txt');
      return readCheckov(jsonOf(await python(requirements, ['-m', 'checkov.main', ...settings])), sourceOf);
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
    readonly grade: number;
    readonly skipped: boolean;
    readonly comments: readonly { readonly path: string; readonly summary: string }[] | null;
  }[];
}

/** The grade of a check that finds nothing. */
const ALL_OK = 10;

/** Reads kube-score's JSON. */
export function readKubeScore(output: string, sourceOf: Staged['sourceOf']): Report {
  const objects = JSON.parse(output) as readonly ScoredObject[];
  return {
    seen: new Set(objects.map(({ object_meta: { namespace } }) => sourceOf(namespace))),
    findings: objects.flatMap(({ type_meta: { kind }, object_meta: { name, namespace }, checks }) =>
      checks
        .filter(({ grade, skipped }) => !skipped && grade < ALL_OK)
        .map(({ check, comments }): Finding => ({
          check: `kube-score ${check.id}`,
          source: sourceOf(namespace),
          object: `${kind.toLowerCase()}/${name}`,
          message:
            (comments ?? []).map((comment) => `${comment.path} ${comment.summary}`.trim()).join('; ') ||
            check.name,
        })),
    ),
  };
}

interface CheckedResource {
  readonly check_id: string;
  readonly check_name: string;
  readonly file_path: string;
  /** Kind, namespace and name, separated by dots. */
  readonly resource: string;
}

/**
 * Reads checkov's JSON.
 *
 * @throws Error if checkov could not parse a file
 */
export function readCheckov(output: string, sourceOf: Staged['sourceOf']): Report {
  const { results } = JSON.parse(output) as {
    results: Record<'passed_checks' | 'failed_checks', readonly CheckedResource[]> & {
      readonly parsing_errors: readonly string[];
    };
  };
  const [unread] = results.parsing_errors;
  if (unread !== undefined) throw new Error(`checkov cannot parse ${unread}`);
  const source = ({ file_path }: CheckedResource): string => sourceOf(path.basename(file_path, '.yaml'));
  return {
    seen: new Set([...results.passed_checks, ...results.failed_checks].map(source)),
    findings: results.failed_checks.map((checked): Finding => {
      const [kind = '', , ...name] = checked.resource.split('.');
      return {
        check: `checkov ${checked.check_id}`,
        source: source(checked),
        object: `${kind.toLowerCase()}/${name.join('.')}`,
        message: checked.check_name,
      };
    }),
  };
}
