import { curves, stacked } from './panels';
import { metric, quantile, rate, sum } from './promql';

const duration = (share: number) =>
  quantile(share, sum(rate('model_infer_request_duration_bucket'), 'le', 'model', 'version'));

export const inference = [
  stacked({
    title: 'Predictions',
    description: 'Predictions per second: answered, and refused or failed.',
    unit: 'reqps',
    queries: {
      '{{model}} {{version}} answered': sum(rate('model_infer_request_success_total'), 'model', 'version'),
      '{{model}} {{version}} refused or failed': sum(
        rate('model_infer_request_failure_total'),
        'model',
        'version',
      ),
    },
  }),
  curves({
    title: 'Prediction latency',
    description: 'Includes reading the request and writing the response.',
    unit: 's',
    queries: {
      '{{model}} {{version}} p50': duration(0.5),
      '{{model}} {{version}} p95': duration(0.95),
      '{{model}} {{version}} p99': duration(0.99),
    },
  }),
  curves({
    title: 'Overload',
    description: 'Predictions per second that were refused with 503, by reason.',
    unit: 'reqps',
    queries: { '{{reason}}': sum(rate('model_infer_request_rejected_total'), 'reason') },
  }),
];

export const load = [
  curves({
    title: 'Requests in progress',
    description: 'Per pod, including scrapes.',
    unit: 'short',
    queries: { '{{pod}}': metric('rest_server_requests_in_progress') },
  }),
  curves({
    title: 'Inference queue',
    description: 'Predictions that wait, per pod.',
    unit: 'short',
    queries: { '{{pod}}': metric('model_infer_requests_pending') },
  }),
  curves({
    title: 'Event loop lag, p99',
    description:
      'Delay of the event loop since the previous scrape, per pod. 10 ms is the sampling interval, not a delay.',
    unit: 's',
    queries: { '{{pod}}': metric('nodejs_eventloop_lag_p99_seconds') },
  }),
];

export const resources = [
  curves({
    title: 'CPU',
    description: 'Cores used by the process, per pod.',
    unit: 'short',
    queries: { '{{pod}}': rate('process_cpu_seconds_total') },
  }),
  curves({
    title: 'Memory',
    description: 'Resident memory of the process including mapped files, and used JavaScript heap, per pod.',
    unit: 'bytes',
    queries: {
      '{{pod}} resident': metric('process_resident_memory_bytes'),
      '{{pod}} JavaScript': metric('nodejs_heap_size_used_bytes'),
    },
  }),
  curves({
    title: 'Uptime',
    description: 'Seconds since the start of the process, per pod. A drop to 0 is a restart.',
    unit: 's',
    queries: { '{{pod}}': `time() - ${metric('process_start_time_seconds')}` },
  }),
];
