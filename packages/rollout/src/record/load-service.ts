import { InputError } from '../errors/input-error.ts';
import { urlPathOf } from '../rules/kinds.ts';
import { ApiError } from './api-error.ts';
import { containersOf, isNamed, isPod, type WorkloadObject } from './api-objects.ts';
import type { Cluster } from './cluster.ts';

const PLACEHOLDER = /\{(nodePort|clusterIP)\}/g;

/** Returns whether a URL needs a Service. */
export const needsService = (url: string): boolean => url.search(PLACEHOLDER) >= 0;

function portOf(workload: WorkloadObject): number {
  const port = containersOf(workload).flatMap(({ ports = [] }) => ports)[0]?.containerPort;
  if (port !== undefined) return port;
  throw new InputError(`${workload.metadata.name} declares no containerPort, which a Service needs`);
}

function selectorOf(workload: WorkloadObject): Readonly<Record<string, string>> {
  const labels = isPod(workload) ? workload.metadata.labels : workload.spec.selector.matchLabels;
  if (labels && Object.keys(labels).length > 0) return labels;
  throw new InputError(`${workload.metadata.name} has no labels, which a Service needs to select its pods`);
}

/**
 * Returns the start of a Service's name; the API server adds a random end. Unlike the name of a
 * workload, that of a Service starts with a letter, and has no dots and at most 63 characters.
 *
 * @see https://datatracker.ietf.org/doc/html/rfc1035#section-2.3.1
 */
const prefixOf = (name: string): string => `recorded-${name.replaceAll('.', '-').slice(0, 40)}-`;

/**
 * Creates a Service in front of a workload.
 *
 * @param url a URL with `{nodePort}` or `{clusterIP}` as placeholders
 * @returns the URL with its placeholders replaced, and a function that deletes the Service
 * @throws InputError for a workload without labels or ports
 */
export async function exposeWorkload(
  cluster: Cluster,
  workload: WorkloadObject,
  url: string,
): Promise<{ readonly url: string; readonly remove: () => Promise<void> }> {
  const { namespace = cluster.namespace } = workload.metadata;
  const port = portOf(workload);
  const made = await cluster.create('Service', namespace, {
    metadata: {
      generateName: prefixOf(workload.metadata.name),
      labels: { 'app.kubernetes.io/managed-by': 'rollout' },
    },
    spec: {
      type: 'NodePort',
      selector: selectorOf(workload),
      ports: [{ port: 80, targetPort: port, protocol: 'TCP' }],
    },
  });
  if (!isNamed(made)) throw new Error('the API server created a Service but did not return its name');
  const { name } = made.metadata;
  const { spec } = made as { spec?: { clusterIP?: string; ports?: { nodePort?: number }[] } };
  const values = { clusterIP: spec?.clusterIP, nodePort: spec?.ports?.[0]?.nodePort?.toString() };
  return {
    url: url.replace(PLACEHOLDER, (_, key: keyof typeof values) => values[key] ?? ''),
    remove: async () => {
      await cluster.request('DELETE', urlPathOf('Service', namespace, name)).catch((error: unknown) => {
        if (!(error instanceof ApiError)) throw error;
      });
    },
  };
}
