import { InputError } from '../errors/input-error';
import { ApiError } from './api-error';
import type { Cluster } from './cluster';
import { isNamed, isPod, type Workload } from './objects';
import { pathOf } from './resources';

const PLACEHOLDER = /\{(nodePort|clusterIP)\}/g;

/** Whether a URL asks for a Service to be made. */
export const needsService = (url: string): boolean => /\{(nodePort|clusterIP)\}/.test(url);

function portOf(workload: Workload): number {
  const { containers } = isPod(workload) ? workload.spec : workload.spec.template.spec;
  const port = containers.flatMap(({ ports = [] }) => ports)[0]?.containerPort;
  if (port !== undefined) return port;
  throw new InputError(`${workload.metadata.name} declares no containerPort: a Service cannot reach it`);
}

function selectorOf(workload: Workload): Readonly<Record<string, string>> {
  const labels = isPod(workload) ? workload.metadata.labels : workload.spec.selector.matchLabels;
  if (labels && Object.keys(labels).length > 0) return labels;
  throw new InputError(`${workload.metadata.name} has no labels by which a Service could find its pods`);
}

/**
 * What the name of a Service begins with; the API server adds a random end. It begins
 * with a letter and has no dots, which a workload's name may have.
 *
 * @see https://datatracker.ietf.org/doc/html/rfc1035#section-2.3.1
 */
const prefixOf = (name: string): string => `recorded-${name.replaceAll('.', '-').slice(0, 40)}-`;

/**
 * Makes a Service in front of a workload for as long as it is recorded.
 *
 * @param url with `{nodePort}` or `{clusterIP}`, which are filled in
 * @throws InputError for a workload without labels or ports
 */
export async function expose(
  cluster: Cluster,
  workload: Workload,
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
  if (!isNamed(made)) throw new Error('the API server has made a Service and does not say its name');
  const { name } = made.metadata;
  const { spec } = made as { spec?: { clusterIP?: string; ports?: { nodePort?: number }[] } };
  const values = { clusterIP: spec?.clusterIP, nodePort: spec?.ports?.[0]?.nodePort?.toString() };
  return {
    url: url.replace(PLACEHOLDER, (_, key: keyof typeof values) => values[key] ?? ''),
    remove: async () => {
      await cluster.request('DELETE', pathOf('Service', namespace, name)).catch((error: unknown) => {
        if (!(error instanceof ApiError)) throw error;
      });
    },
  };
}
