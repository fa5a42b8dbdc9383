import { existsSync } from 'node:fs';
import { InputError } from '../../errors/input-error';
import { kindOf } from '../../manifest/kind';
import { readManifest } from '../../manifest/read-manifest';
import type { Manifest } from '../../manifest/workload';
import { readInput, type Terminal } from '../terminal';
import type { WorkloadName } from '../../record/make-change';

/** What to record, and the manifest it was named by, if by one. */
export interface Target {
  readonly workload: WorkloadName;
  readonly manifest?: Manifest;
}

/**
 * Reads `kind/name`, or the file of a manifest.
 *
 * @param chosen which workload of a file with several, as `kind/name`
 * @throws InputError for anything else
 */
export async function targetOf(
  given: string,
  chosen: string | undefined,
  namespace: { readonly asked: string | undefined; readonly own: string },
  terminal: Pick<Terminal, 'stdin'>,
): Promise<Target> {
  const [, type = '', name = ''] = /^([^/]+)\/([^/]+)$/.exec(given) ?? [];
  const kind = kindOf(type);
  if (kind && !existsSync(given))
    return { workload: { kind, name, namespace: namespace.asked ?? namespace.own } };
  if (given !== '-' && !existsSync(given)) {
    throw new InputError(
      `${given} is neither a file nor a workload such as deployment/web, replicaset/web or pod/web`,
    );
  }
  const manifest = readManifest(
    await readInput(given, terminal),
    given === '-' ? 'standard input' : given,
    chosen,
  );
  const { metadata } = manifest as { metadata?: { name?: string; namespace?: string } };
  const found = kindOf(String(manifest['kind']));
  if (!found || metadata?.name === undefined)
    throw new InputError(`${given}: the workload has no metadata.name`);
  const { asked, own } = namespace;
  const { name: called, namespace: said = asked ?? own } = metadata;
  if (asked !== undefined && said !== asked) {
    throw new InputError(`--namespace ${asked}: ${given} says namespace ${said}`);
  }
  const workload = { kind: found, name: called, namespace: said };
  return { workload, manifest };
}
