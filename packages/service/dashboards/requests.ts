import { curves, latest, stacked } from './panels';
import { ASKED, metric, quantile, rate, ratio, sum, sumByBuild } from './promql';

const REQUESTS = 'rest_server_requests_total';
const BUCKETS = 'rest_server_request_duration_seconds_bucket';

const asked = rate(REQUESTS, ASKED);
const failed = rate(REQUESTS, ASKED, 'status_code=~"5..", status_code!="503"');
const latency = (share: number) => quantile(share, sum(rate(BUCKETS, ASKED), 'le'));

export const overview = [
  latest({
    title: 'Requests',
    description: 'of clients, a second, without probes and scrapes',
    unit: 'reqps',
    queries: { requests: sum(asked) },
  }),
  latest({
    title: 'Failed',
    description: 'share of requests that the service could not answer: 5xx but 503',
    unit: 'percentunit',
    queries: { failed: ratio(sum(failed), sum(asked)) },
  }),
  latest({
    title: 'Latency, p99',
    description: 'from a request’s head to the end of its answer',
    unit: 's',
    queries: { p99: latency(0.99) },
  }),
  latest({
    title: 'Pods',
    description: 'that Prometheus reaches',
    unit: 'none',
    queries: { pods: `count(${metric('model_info')})` },
  }),
];

export const rollout = [
  stacked({
    title: 'Pods by build',
    description: 'old and new pods of a rollout',
    unit: 'none',
    queries: { '{{build}}': `count by (build) (${metric('model_info')})` },
  }),
  stacked({
    title: 'Requests by build',
    description: 'who answers, in a rollout',
    unit: 'reqps',
    queries: { '{{build}}': sumByBuild(asked) },
  }),
  curves({
    title: 'Latency by build, p95',
    description: 'of the old and of the new pods',
    unit: 's',
    queries: { '{{build}}': quantile(0.95, sumByBuild(rate(BUCKETS, ASKED), 'le')) },
  }),
];

export const requests = [
  stacked({
    title: 'Requests by route',
    description: 'of clients, a second',
    unit: 'reqps',
    queries: { '{{method}} {{path}}': sum(asked, 'method', 'path') },
  }),
  curves({
    title: 'Not answered as asked',
    description: 'shares of requests: failed (5xx), no room (503), refused (4xx), client gone (499)',
    unit: 'percentunit',
    queries: {
      failed: ratio(sum(failed), sum(asked)),
      'no room': ratio(sum(rate(REQUESTS, ASKED, 'status_code="503"')), sum(asked)),
      refused: ratio(sum(rate(REQUESTS, ASKED, 'status_code=~"4..", status_code!="499"')), sum(asked)),
      'client gone': ratio(sum(rate(REQUESTS, ASKED, 'status_code="499"')), sum(asked)),
    },
  }),
  curves({
    title: 'Latency',
    description: 'from a request’s head to the end of its answer',
    unit: 's',
    queries: { p50: latency(0.5), p95: latency(0.95), p99: latency(0.99) },
  }),
];
