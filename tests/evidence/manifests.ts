import { readFileSync } from 'node:fs';
import type { Manifest } from '@online-inference/rollout';
import { parse } from 'yaml';

interface Container {
  env?: { name: string; value: string }[];
  startupProbe?: unknown;
  readinessProbe?: unknown;
  livenessProbe?: unknown;
}

interface PodManifest {
  metadata: { name: string; labels: Record<string, string> };
  spec: { containers: Container[] };
}

/** The only object of a file in `dist/`. */
export function committed(file: string): Manifest {
  return parse(readFileSync(`dist/${file}.yaml`, 'utf8')) as Manifest;
}

/** How the pod with probes is run otherwise than committed, to see what each part achieves. */
export interface Variation {
  readonly replicas: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly without?: readonly ('startupProbe' | 'readinessProbe' | 'livenessProbe')[];
}

/**
 * The pod with probes as the template of a ReplicaSet, so that its start is a change that can
 * be predicted and recorded: one replica more.
 */
export function probedReplicaSet({ replicas, env = {}, without = [] }: Variation): Manifest {
  const pod = parse(readFileSync('dist/online-inference-pod-probes.yaml', 'utf8')) as PodManifest;
  const { name, labels } = pod.metadata;
  const matchLabels = { 'app.kubernetes.io/instance': labels['app.kubernetes.io/instance'] };
  const containers = pod.spec.containers.map((container) => ({
    ...Object.fromEntries(
      Object.entries(container).filter(([field]) => !without.some((probe) => probe === field)),
    ),
    env: Object.entries(env).map(([variable, value]) => ({ name: variable, value })),
  }));
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: { name, labels },
    spec: {
      replicas,
      selector: { matchLabels },
      template: { metadata: { labels }, spec: { ...pod.spec, containers } },
    },
  };
}
