import { findings, predict } from '@online-inference/rollout';
import { ApiObject, type Chart } from 'cdk8s';
import { demoImage, type Settings } from '../../settings';

const WORKLOADS = ['Deployment', 'ReplicaSet', 'Pod'];
/** Situations that say how the pods are replaced, of which a change has one, in words. */
const SHAPES: Readonly<Record<string, string>> = {
  'blue-green': 'blue-green: all old and all new ready at once',
  rolling: 'rolling: old go down while new come up',
  recreate: 'recreate: the old ends before the new starts',
  kept: 'kept: no pod is replaced',
};

/** What a change of the steady image to the demo image is predicted to bring about for a chart's workload. */
export function predictedSituation(chart: Chart, settings: Settings): string {
  const workload = chart.node
    .findAll()
    .filter((construct) => ApiObject.isApiObject(construct))
    .find(({ kind }) => WORKLOADS.includes(kind));
  if (!workload) {
    return '';
  }
  const timeline = predict(workload.toJson() as Record<string, unknown>, {
    // unlike any that is there: the Pod with probes runs the demo image itself
    image: `${demoImage(settings)}-new`,
    behaviour: { startDelay: { new: settings.latestStartSeconds }, drain: settings.drainDelaySeconds },
    origin: chart.node.id,
  });
  const held = new Set(
    findings(timeline)
      .filter(({ holds }) => holds)
      .map(({ expect }) => expect),
  );
  const [, shape = 'none of the named situations'] =
    Object.entries(SHAPES).find(([name]) => held.has(name)) ?? [];
  return held.has('no-outage') ? shape : `${shape}, with an outage`;
}
