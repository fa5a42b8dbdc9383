import type { Finding, Report } from './findings';

interface Scored {
  readonly type_meta: { readonly kind: string };
  readonly object_meta: { readonly name: string; readonly namespace: string };
  readonly checks: readonly {
    readonly check: { readonly id: string; readonly name: string };
    readonly grade: number;
    readonly skipped: boolean;
    readonly comments: readonly { readonly path: string; readonly summary: string }[] | null;
  }[];
}

/** The grade of a check that has nothing to say. */
const ALL_OK = 10;

/** The arguments to run every check over files, those that are optional, too. */
export function kubeScoreArguments(version: string, files: readonly string[]): string[] {
  return [
    'score',
    '--output-format',
    'json',
    '--kubernetes-version',
    `v${version}`,
    '--all-default-optional',
    ...files,
  ];
}

/** What kube-score's JSON says. */
export function readKubeScore(output: string, sourceOf: (slug: string) => string): Report {
  const objects = JSON.parse(output) as readonly Scored[];
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
            (comments ?? []).map(({ path, summary }) => `${path} ${summary}`.trim()).join('; ') || check.name,
        })),
    ),
  };
}
