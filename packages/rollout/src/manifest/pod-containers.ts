import type { Manifest } from './documents.ts';

interface Container {
  readonly name?: unknown;
  readonly image?: unknown;
}

/** Returns the path of the containers of a workload. */
export function containersPath({ kind }: Manifest): string {
  return kind === 'Pod' ? 'spec.containers' : 'spec.template.spec.containers';
}

/** Returns the containers of a workload. */
export function containersOf(manifest: Manifest): readonly Container[] {
  const found = containersPath(manifest)
    .split('.')
    .reduce<unknown>((node, key) => (node as Record<string, unknown> | undefined)?.[key], manifest);
  return Array.isArray(found) ? (found as Container[]) : [];
}

/** Sets the image of the named container; without a name, of all containers if they have one image. */
