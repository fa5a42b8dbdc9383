import { readFileSync } from 'node:fs';
import { readSettings } from '@online-inference/settings';
import { parseAllDocuments } from 'yaml';
import { declarations, demoImage, steadyImage } from '../../settings';

type Labels = Readonly<Record<string, string>>;

/** As much of the committed objects as is read or added to here. */
export interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec?: {
    readonly replicas?: number;
    readonly selector?: { readonly matchLabels?: Labels };
    readonly containers?: readonly Container[];
    readonly template?: { readonly spec: { readonly containers: readonly Container[] } };
  };
}

interface Container {
  readonly env?: readonly { readonly name: string; readonly value: string }[];
}

const settings = readSettings(declarations, process.env);

/** The image of the committed manifests, and the one that a rollout changes it to. */
export const STEADY_IMAGE = steadyImage(settings);
export const DEMO_IMAGE = demoImage(settings);

/** The objects of a file of the committed `dist/`. */
export function committed(file: string): readonly Manifest[] {
  return parseAllDocuments(readFileSync(`dist/${file}.yaml`, 'utf8'), { version: '1.1' }).map(
    (document) => document.toJS() as Manifest,
  );
}

/** A Service in front of the pods that have all of some labels, as the homework's Deployments come without one. */
export function service(name: string, selector: Labels): object {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name },
    spec: { selector, ports: [{ port: 80, targetPort: 8000 }] },
  };
}

/** The labels by which a Deployment finds its pods. */
export const selectorOf = ({ spec }: Manifest): Labels => spec?.selector?.matchLabels ?? {};

/** The same pods with more environment variables. */
export function withEnvironment(manifest: Manifest, environment: Readonly<Record<string, string>>): Manifest {
  const added = Object.entries(environment).map(([name, value]) => ({ name, value }));
  const grown = (containers: readonly Container[]): Container[] =>
    containers.map((container) => ({ ...container, env: [...(container.env ?? []), ...added] }));
  const { spec } = manifest;
  if (!spec || added.length === 0) {
    return manifest;
  }
  const { containers, template } = spec;
  return {
    ...manifest,
    spec: {
      ...spec,
      ...(containers && { containers: grown(containers) }),
      ...(template && {
        template: { ...template, spec: { ...template.spec, containers: grown(template.spec.containers) } },
      }),
    },
  };
}
