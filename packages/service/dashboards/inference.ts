import { curves, stacked } from './panels';
import { metric, quantile, rate, sum } from './promql';

const duration = (share: number) =>
  quantile(share, sum(rate('model_infer_request_duration_bucket'), 'le', 'model', 'version'));

export const inference = [
  stacked({
    title: 'Predictions',
    description: 'asked for, a second: answered, and refused or failed',
    unit: 'reqps',
    queries: {
      '{{model}} {{version}} answered': sum(rate('model_infer_request_success_total'), 'model', 'version'),
      '{{model}} {{version}} not': sum(rate('model_infer_request_failure_total'), 'model', 'version'),
    },
  }),
  curves({
    title: 'Latency of predictions',
    description: 'with the reading of the request and the writing of the answer',
    unit: 's',
    queries: {
      '{{model}} {{version}} p50': duration(0.5),
      '{{model}} {{version}} p95': duration(0.95),
      '{{model}} {{version}} p99': duration(0.99),
    },
  }),
  curves({
    title: 'Refused for want of room',
    description: 'answered with 503 and Retry-After, a second, by reason',
    unit: 'reqps',
    queries: { '{{reason}}': sum(rate('model_infer_request_rejected_total'), 'reason') },
  }),
];

export const load = [
  curves({
    title: 'Under way',
    description: 'requests in a pod, scrapes among them',
    unit: 'short',
    queries: { '{{pod}}': metric('rest_server_requests_in_progress') },
  }),
  curves({
    title: 'Waiting for the model',
    description: 'predictions in a pod’s queue',
    unit: 'short',
    queries: { '{{pod}}': metric('model_infer_requests_pending') },
  }),
  curves({
    title: 'Event loop lag, p99',
    description:
      'how late a pod’s JavaScript runs, since the scrape before; 10 ms, which it is looked at every, is not late',
    unit: 's',
    queries: { '{{pod}}': metric('nodejs_eventloop_lag_p99_seconds') },
  }),
];

export const resources = [
  curves({
    title: 'CPU',
    description: 'cores that a pod’s process uses',
    unit: 'short',
    queries: { '{{pod}}': rate('process_cpu_seconds_total') },
  }),
  curves({
    title: 'Memory',
    description:
      'resident in a pod’s process, with the files that it maps; and what its JavaScript uses of it',
    unit: 'bytes',
    queries: {
      '{{pod}} resident': metric('process_resident_memory_bytes'),
      '{{pod}} JavaScript': metric('nodejs_heap_size_used_bytes'),
    },
  }),
  curves({
    title: 'Time since the start',
    description: 'falls to 0 where a pod’s container restarts',
    unit: 's',
    queries: { '{{pod}}': `time() - ${metric('process_start_time_seconds')}` },
  }),
];
