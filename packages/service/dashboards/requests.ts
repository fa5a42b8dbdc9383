import { curves, latest, stacked } from './panels';
import { CLIENT_REQUESTS, metric, quantile, rate, ratio, sum, sumByBuild } from './promql';

const REQUESTS = 'rest_server_requests_total';
const BUCKETS = 'rest_server_request_duration_seconds_bucket';

const all = rate(REQUESTS, CLIENT_REQUESTS);
const failed = rate(REQUESTS, CLIENT_REQUESTS, 'status_code=~"5..", status_code!="503"');
const latency = (share: number) => quantile(share, sum(rate(BUCKETS, CLIENT_REQUESTS), 'le'));

export const overview = [
  latest({
    title: 'Requests',
    description: 'Client requests per second, without probes and scrapes.',
    unit: 'reqps',
    queries: { requests: sum(all) },
  }),
  latest({
    title: 'Errors',
    description: 'Share of client requests that failed: 5xx except 503.',
    unit: 'percentunit',
    queries: { failed: ratio(sum(failed), sum(all)) },
  }),
  latest({
    title: 'Latency, p99',
    description: 'From the head of a request to the end of its response.',
    unit: 's',
    queries: { p99: latency(0.99) },
  }),
  latest({
    title: 'Pods',
    description: 'Pods that Prometheus scrapes.',
    unit: 'none',
    queries: { pods: `count(${metric('model_info')})` },
  }),
];

export const rollout = [
  stacked({
    title: 'Pods by build',
    description: 'Old and new pods during a rollout.',
    unit: 'none',
    queries: { '{{build}}': `count by (build) (${metric('model_info')})` },
  }),
  stacked({
    title: 'Requests by build',
    description: 'Client requests per second to old and new pods.',
    unit: 'reqps',
    queries: { '{{build}}': sumByBuild(all) },
  }),
  curves({
    title: 'Latency by build, p95',
    description: 'Latency of old and new pods.',
    unit: 's',
    queries: { '{{build}}': quantile(0.95, sumByBuild(rate(BUCKETS, CLIENT_REQUESTS), 'le')) },
  }),
];

export const requests = [
  stacked({
    title: 'Requests by route',
    description: 'Client requests per second.',
    unit: 'reqps',
    queries: { '{{method}} {{path}}': sum(all, 'method', 'path') },
  }),
  curves({
    title: 'Unsuccessful requests',
    description:
      'Shares of client requests: failed (5xx except 503), overload (503), invalid (4xx), client disconnected (499).',
    unit: 'percentunit',
    queries: {
      failed: ratio(sum(failed), sum(all)),
      overload: ratio(sum(rate(REQUESTS, CLIENT_REQUESTS, 'status_code="503"')), sum(all)),
      invalid: ratio(
        sum(rate(REQUESTS, CLIENT_REQUESTS, 'status_code=~"4..", status_code!="499"')),
        sum(all),
      ),
      'client disconnected': ratio(sum(rate(REQUESTS, CLIENT_REQUESTS, 'status_code="499"')), sum(all)),
    },
  }),
  curves({
    title: 'Latency',
    description: 'From the head of a request to the end of its response.',
    unit: 's',
    queries: { p50: latency(0.5), p95: latency(0.95), p99: latency(0.99) },
  }),
];
