import { createHash } from 'node:crypto';
import path from 'node:path';
import { filesOf, objects, ROOT } from '../../__tests__/support/dist';
import type { Container, Manifest } from '../../__tests__/support/manifest';

export { ROOT, type Container, type Manifest as DistObject };

const files = filesOf(path.join(ROOT, 'dist'));

/** Names of the YAML files in dist/, as `kubectl apply -f dist/` takes them. */
export const distFiles = (): string[] => Object.keys(files);

/**
 * Returns the objects of a file in dist/.
 *
 * @param name name of the file without `.yaml`
 */
export function distObjects(name: string): Manifest[] {
  return objects.filter(({ file }) => file === `${name}.yaml`).map(({ manifest }) => manifest);
}

/** Returns the only object of a file in dist/. @throws Error if there are more */
export function distObject(name: string): Manifest {
  const [object, ...others] = distObjects(name);
  if (!object || others.length > 0) {
    throw new Error(`dist/${name}.yaml: expected one object, found ${others.length + (object ? 1 : 0)}`);
  }
  return object;
}

/** Returns a digest of all YAML files in dist/. Evidence stores the digest of what it recorded. */
export function distDigest(): string {
  const hash = createHash('sha256');
  for (const [name, content] of Object.entries(files)) {
    hash.update(`${name}\0`).update(content).update('\0');
  }
  return `sha256:${hash.digest('hex')}`;
}

/** Returns a copy whose containers have more environment variables. */
export function withEnvironment(object: Manifest, environment: Readonly<Record<string, string>>): Manifest {
  const added = Object.entries(environment).map(([name, value]) => ({ name, value }));
  return withContainers(object, (container) => ({ ...container, env: [...(container.env ?? []), ...added] }));
}

/** Returns a copy of a pod, or of a workload, with each container changed. */
export function withContainers(object: Manifest, change: (container: Container) => Container): Manifest {
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
