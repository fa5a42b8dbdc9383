import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';

export const ROOT = path.join(__dirname, '../..');

const DIST = path.join(ROOT, 'dist');

/** A container, as far as tests change it. */
export interface Container {
  readonly env?: readonly { readonly name: string; readonly value: string }[];
}

/** A Kubernetes object of dist/, as far as tests read it. */
export interface DistObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly labels?: Readonly<Record<string, string>> };
  readonly spec?: {
    readonly replicas?: number;
    readonly selector?: { readonly matchLabels?: Readonly<Record<string, string>> };
    readonly containers?: readonly Container[];
    readonly template?: {
      readonly metadata?: { readonly labels?: Readonly<Record<string, string>> };
      readonly spec: { readonly containers: readonly Container[] };
    };
  };
}

/** Names of the YAML files in dist/, as `kubectl apply -f dist/` takes them. */
export function distFiles(): string[] {
  return readdirSync(DIST)
    .filter((name) => name.endsWith('.yaml'))
    .sort();
}

/**
 * Returns the objects of a file in dist/. kubectl reads YAML 1.1.
 *
 * @param name name of the file without `.yaml`
 */
export function distObjects(name: string): DistObject[] {
  return parseAllDocuments(readFileSync(path.join(DIST, `${name}.yaml`), 'utf8'), { version: '1.1' }).map(
    (document) => document.toJS() as DistObject,
  );
}

/** Returns the only object of a file in dist/. @throws Error if there are more */
export function distObject(name: string): DistObject {
  const [object, ...others] = distObjects(name);
  if (!object || others.length > 0) {
    throw new Error(`dist/${name}.yaml: expected one object, found ${others.length + (object ? 1 : 0)}`);
  }
  return object;
}

/** Returns a digest of all YAML files in dist/. Evidence stores the digest of what it recorded. */
export function distDigest(): string {
  const hash = createHash('sha256');
  for (const name of distFiles()) {
    hash
      .update(`${name}\0`)
      .update(readFileSync(path.join(DIST, name)))
      .update('\0');
  }
  return `sha256:${hash.digest('hex')}`;
}

/** Returns a copy whose containers have more environment variables. */
export function withEnvironment(
  object: DistObject,
  environment: Readonly<Record<string, string>>,
): DistObject {
  const added = Object.entries(environment).map(([name, value]) => ({ name, value }));
  return withContainers(object, (container) => ({ ...container, env: [...(container.env ?? []), ...added] }));
}

/** Returns a copy of a pod, or of a workload, with each container changed. */
export function withContainers(object: DistObject, change: (container: Container) => Container): DistObject {
  const { containers, template } = object.spec ?? {};
  return {
    ...object,
    spec: {
      ...object.spec,
      ...(containers && { containers: containers.map(change) }),
      ...(template && {
        template: {
          ...template,
          spec: { ...template.spec, containers: template.spec.containers.map(change) },
        },
      }),
    },
  };
}
