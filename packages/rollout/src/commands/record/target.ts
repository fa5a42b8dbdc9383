import { existsSync } from 'node:fs';
import { InputError } from '../../errors/input-error.ts';
import { readManifest } from '../../manifest/read-manifest.ts';
import type { Manifest } from '../../manifest/workload.ts';
import type { WorkloadName } from '../../record/make-change.ts';
import { workloadKindOf } from '../../rules/kinds.ts';
import { originOf, readInput, type Terminal } from '../terminal.ts';

/** The workload to record. */
export interface Target {
  readonly workload: Required<WorkloadName>;
  /** The manifest that the user gave, if any. */
  readonly manifest?: Manifest;
}

/**
 * Returns the workload that the user means by `kind/name`, or by the file of a manifest.
 *
 * @param chosen `kind/name` of the workload, if the manifest has several
 * @throws InputError for anything else
 */
export async function targetOf(
  given: string,
  chosen: string | undefined,
  { asked, own }: { readonly asked: string | undefined; readonly own: string },
  terminal: Pick<Terminal, 'stdin'>,
): Promise<Target> {
  if (given !== '-' && !existsSync(given)) {
    const [, type = '', name = ''] = /^([^/]+)\/([^/]+)$/.exec(given) ?? [];
    const kind = workloadKindOf(type);
    if (kind) return { workload: { kind, name, namespace: asked ?? own } };
    throw new InputError(
      `${given} is neither a file nor a workload such as deployment/web, statefulset/web or pod/web`,
    );
  }
  const manifest = readManifest(await readInput(given, terminal), originOf(given), { name: chosen });
  const { metadata } = manifest as { metadata?: { name?: string; namespace?: string } };
  const kind = workloadKindOf(String(manifest['kind']));
  if (!kind || metadata?.name === undefined)
    throw new InputError(`${originOf(given)}: the workload has no metadata.name`);
  const { name, namespace = asked ?? own } = metadata;
  if (asked !== undefined && namespace !== asked) {
    throw new InputError(
      `--namespace ${asked}: metadata.namespace in ${originOf(given)} is ${namespace}, expected the same namespace`,
    );
  }
  return { workload: { kind, name, namespace }, manifest };
}
