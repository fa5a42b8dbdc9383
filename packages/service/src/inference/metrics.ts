import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { ModelCard } from '../model/card';

interface InferenceMetricsOptions {
  readonly build: string;
  readonly card: ModelCard;
  /** Upper bounds of the histogram, in seconds. */
  readonly buckets: number[];
}

/**
 * Registers the metrics of the model, with the names of MLServer. The duration is a histogram, not a summary as in
 * MLServer, so that Prometheus can compute quantiles; `_sum` and `_count` are the same.
 *
 * @returns a function that counts one inference request
 * @see https://github.com/SeldonIO/MLServer/blob/master/docs/user-guide/metrics.md
 */
export function createInferenceMetrics(
  registry: Registry,
  { build, card, buckets }: InferenceMetricsOptions,
): (seconds: number, succeeded: boolean) => void {
  const registers = [registry];
  const model = { model: card.name, version: card.version };
  const shared = { registers, labelNames: Object.keys(model) };
  const counts = { success: 0, failure: 0 };
  const counter = (outcome: keyof typeof counts, help: string) =>
    new Counter({
      ...shared,
      name: `model_infer_request_${outcome}_total`,
      help,
      collect() {
        this.reset();
        this.inc(model, counts[outcome]);
      },
    });
  counter('success', 'Inference requests answered with a prediction');
  counter('failure', 'Inference requests that were refused or failed');
  const duration = new Histogram({
    ...shared,
    name: 'model_infer_request_duration',
    help: 'Duration of inference requests in seconds',
    buckets,
  });
  const info = { ...model, sha256: card.sha256, build };
  new Gauge({
    registers,
    name: 'model_info',
    help: 'The model that is served and the build that serves it',
    labelNames: Object.keys(info),
  }).set(info, 1);
  // A rate() misses the first request of a series that starts with it.
  duration.zero(model);

  return (seconds, succeeded) => {
    counts[succeeded ? 'success' : 'failure'] += 1;
    duration.observe(model, seconds);
  };
}
