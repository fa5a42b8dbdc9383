/** Matchers of the selected pods; `$namespace` and `$pod` are the dashboard's variables. */
const PODS = 'namespace=~"$namespace", pod=~"$pod"';

/** Matcher of client requests: excludes probes and scrapes. */
export const CLIENT_REQUESTS = 'path!~"/metrics|/livez|/readyz|/health|/v2/health/.+"';

/** Selects a metric of these pods. */
export function metric(name: string, ...matchers: string[]): string {
  return `${name}{${[PODS, ...matchers].join(', ')}}`;
}

/** Returns the rate of a counter per second. Grafana derives the interval from the scrape interval. */
export function rate(name: string, ...matchers: string[]): string {
  return `rate(${metric(name, ...matchers)}[$__rate_interval])`;
}

export function sum(expression: string, ...by: string[]): string {
  return by.length > 0 ? `sum by (${by.join(', ')}) (${expression})` : `sum(${expression})`;
}

/** Sums by build, so that a rollout is visible. Only `model_info` has the build of a pod. */
export function sumByBuild(expression: string, ...by: string[]): string {
  const builds = `max by (job, instance, build) (${metric('model_info')})`;
  const pods = sum(expression, 'job', 'instance', ...by);
  return sum(`${pods} * on (job, instance) group_left (build) ${builds}`, 'build', ...by);
}

/** Returns a part divided by the whole; 0 if the part has no series yet. */
export function ratio(part: string, whole: string): string {
  return `(${part} or ${whole} * 0) / ${whole}`;
}

/** Returns a quantile of a histogram. @param share from 0 to 1 */
export function quantile(share: number, buckets: string): string {
  return `histogram_quantile(${share}, ${buckets})`;
}
