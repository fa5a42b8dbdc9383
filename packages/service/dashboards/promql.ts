/** The pods that are looked at: `$namespace` and `$pod` are the dashboard's variables. */
const PODS = 'namespace=~"$namespace", pod=~"$pod"';

/** What clients ask for, and not kubelets and Prometheus itself. */
export const ASKED = 'path!~"/metrics|/livez|/readyz|/health|/v2/health/.+"';

/** A metric of those pods. */
export function metric(name: string, ...matchers: string[]): string {
  return `${name}{${[PODS, ...matchers].join(', ')}}`;
}

/** How much a counter grows in a second; the interval is Grafana's, which knows how often is scraped. */
export function rate(name: string, ...matchers: string[]): string {
  return `rate(${metric(name, ...matchers)}[$__rate_interval])`;
}

export function sum(expression: string, ...by: string[]): string {
  return by.length > 0 ? `sum by (${by.join(', ')}) (${expression})` : `sum(${expression})`;
}

/** A sum for each build that is served, so that a rollout shows: which build a pod has, only `model_info` says. */
export function sumByBuild(expression: string, ...by: string[]): string {
  const builds = `max by (job, instance, build) (${metric('model_info')})`;
  const pods = sum(expression, 'job', 'instance', ...by);
  return sum(`${pods} * on (job, instance) group_left (build) ${builds}`, 'build', ...by);
}

/** A part of a whole, 0 where the part has no series yet. */
export function ratio(part: string, whole: string): string {
  return `(${part} or ${whole} * 0) / ${whole}`;
}

/** @param share from 0 to 1 */
export function quantile(share: number, buckets: string): string {
  return `histogram_quantile(${share}, ${buckets})`;
}
