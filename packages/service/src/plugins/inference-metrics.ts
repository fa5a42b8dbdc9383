import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { ModelCard } from '../model/card';

export interface InferenceMetricsOptions {
  readonly build: string;
  readonly card: ModelCard;
  /** In seconds. */
  readonly buckets: number[];
}

/**
 * What Prometheus is told of the model, in MLServer's names. The duration is a histogram where MLServer's is a summary,
 * so that it has quantiles, too; `_sum` and `_count` are the same.
 *
 * @returns counts a prediction that was asked for
 * @see https://github.com/SeldonIO/MLServer/blob/master/docs/user-guide/metrics.md
 */
export function inferenceMetrics(registry: Registry, { build, card, buckets }: InferenceMetricsOptions) {
  const registers = [registry];
  const model = { model: card.name, version: card.version };
  const ofModel = { registers, labelNames: Object.keys(model) };
  const counts = { success: 0, failure: 0 };
  const counter = (outcome: keyof typeof counts, help: string) =>
    new Counter({
      ...ofModel,
      name: `model_infer_request_${outcome}_total`,
      help,
      collect() {
        this.reset();
        this.inc(model, counts[outcome]);
      },
    });
  counter('success', 'Inference requests that were answered with a prediction');
  counter('failure', 'Inference requests that were refused or failed');
  const duration = new Histogram({
    ...ofModel,
    name: 'model_infer_request_duration',
    help: 'Seconds that inference requests took',
    buckets,
  });
  const info = { ...model, sha256: card.sha256, build };
  new Gauge({
    registers,
    name: 'model_info',
    help: 'The model that is served, and the build that serves it',
    labelNames: Object.keys(info),
  }).set(info, 1);
  // From the start, as the counters are, so that a rate over the first request is not missed.
  duration.zero(model);

  return (seconds: number, answered: boolean): void => {
    counts[answered ? 'success' : 'failure'] += 1;
    duration.observe(model, seconds);
  };
}
