import { listed, objectAt, objectsOf, podSpecOf, type Context } from './context.ts';

function statefulSet({ after, manifest }: Context): string[] {
  if (after.kind !== 'StatefulSet') return [];
  const claims = objectsOf(objectAt(manifest, 'spec')['volumeClaimTemplates']);
  return [
    ...(after.strategy.countsUnavailable === true
      ? [
          'spec.updateStrategy.rollingUpdate.maxUnavailable: applied as Kubernetes does with the feature gate MaxUnavailableStatefulSet (on by default from 1.37 on); without it, one pod is replaced at a time',
        ]
      : []),
    ...(claims.length > 0
      ? [
          'spec.volumeClaimTemplates: the volume of each pod is assumed to move to its node at once; a volume that is bound to a node or zone keeps its pod there',
        ]
      : []),
  ];
}

function drain(context: Context): string[] {
  const { path, fields } = podSpecOf(context);
  const scratch = objectsOf(fields['volumes']).filter(({ emptyDir }) => emptyDir !== undefined);
  return scratch.length > 0
    ? [
        `${path}.volumes (emptyDir): kubectl drain evicts these pods only with --delete-emptydir-data, which is assumed`,
      ]
    : [];
}

/** Returns what the update strategy of a StatefulSet or DaemonSet, and a drain, leave to others. */
export function updateStrategyNotModelled(context: Context): string[] {
  const { after, before, nodesAssumed, changedConfig } = context;
  const { kind, strategy, template, replicas } = after;
  return [
    ...statefulSet(context),
    ...(context.drains ? drain(context) : []),
    ...(changedConfig.length > 0 && template.key === before.template.key
      ? [
          `${listed(changedConfig)}: changes, but no pod restarts for it; running pods keep the old environment, files in volumes follow within minutes`,
        ]
      : []),
    ...(context.drains && nodesAssumed
      ? [
          `the pods are assumed to run on ${context.capacity.nodes ?? 1} nodes, --capacity nodes=N says how many`,
        ]
      : []),
    ...(kind === 'DaemonSet' && nodesAssumed
      ? [
          `a DaemonSet has one pod on each node: ${replicas} nodes are assumed, --capacity nodes=N says how many`,
        ]
      : []),
    ...(strategy.type === 'OnDelete' && template.key !== before.template.key
      ? ['spec.updateStrategy.type OnDelete: a pod gets the new template when someone deletes it']
      : []),
  ];
}
