import { resolveFenceposts } from '../rules/fenceposts.ts';
import { hasTopologyKey } from '../simulation/node.ts';
import { listed, objectAt, objectsOf, podSpecOf, type Context } from './context.ts';

/** The most pods that exist at one time, terminating ones left out. */
function mostPods({ before, after }: Context): number {
  const { kind, strategy, replicas } = after;
  const most = Math.max(before.replicas, replicas);
  if (kind !== 'Deployment' || strategy.type === 'Recreate') return most;
  return most + resolveFenceposts(strategy.maxSurge, strategy.maxUnavailable, most).surge;
}

/** Rules that need a number of nodes, when it is not known. */
function nodesNeeded(context: Context): string[] {
  const { placement } = context.after.template;
  const { path } = podSpecOf(context);
  if (Object.keys(context.capacity).length > 0 || placement.pinned) return [];
  const apart = placement.antiAffinity.some(
    ({ topologyKey, counts }) => topologyKey === 'kubernetes.io/hostname' && counts(placement.labels),
  );
  const pods = mostPods(context);
  if (pods < 2) return [];
  const each = `each of up to ${pods} pods needs a node of its own, or it stays Pending; enough nodes are assumed, --capacity nodes=N says how many`;
  return [
    ...(apart ? [`${path}.affinity.podAntiAffinity: ${each}`] : []),
    ...(placement.hostPorts.length > 0
      ? [
          `${path}.containers.ports (host port ${listed(placement.hostPorts.map(({ port }) => `${port}`))}): ${each}`,
        ]
      : []),
    ...(placement.spread.length > 0
      ? [
          `${path}.topologySpreadConstraints: with DoNotSchedule a pod can stay Pending; a single node is assumed, --capacity nodes=N says how many`,
        ]
      : []),
  ];
}

function unknownLabels({ after, capacity, ...context }: Context): string[] {
  const { placement } = after.template;
  const { path, fields } = podSpecOf({ after, capacity, ...context });
  const terms = [...placement.antiAffinity, ...placement.affinity, ...placement.spread];
  const keys = terms.map(({ topologyKey }) => topologyKey).filter((key) => !hasTopologyKey(key, capacity));
  const selected = [
    ...Object.keys(objectAt(fields, 'nodeSelector')),
    ...objectsOf(
      objectAt(fields, 'affinity', 'nodeAffinity', 'requiredDuringSchedulingIgnoredDuringExecution')[
        'nodeSelectorTerms'
      ],
    ).flatMap((term) =>
      [...objectsOf(term['matchExpressions']), ...objectsOf(term['matchFields'])].map(({ key }) =>
        String(key),
      ),
    ),
  ].filter((key) => !/^kubernetes\.io\/(os|arch|hostname)$/.test(key));
  return [
    ...(keys.length > 0
      ? [
          `${path}: the nodes' ${listed(keys)} is not known, so the rules with this topologyKey are not applied; --capacity nodes=6,zones=3 gives zones`,
        ]
      : []),
    ...(selected.length > 0
      ? [
          `${path}: node selection by ${listed(selected)}: each node is assumed to match; a pod that matches none stays Pending`,
        ]
      : []),
  ];
}

/** Rules about pods that the file does not have. */
function otherPods(context: Context): string[] {
  const { path, fields } = podSpecOf(context);
  const { labels, affinity, antiAffinity } = context.after.template.placement;
  const affinityFields = objectAt(fields, 'affinity');
  const given = (name: string): number =>
    objectsOf(objectAt(affinityFields, name)['requiredDuringSchedulingIgnoredDuringExecution']).length;
  const own = (terms: typeof affinity): number => terms.filter(({ counts }) => counts(labels)).length;
  return [
    ...(given('podAffinity') > own(affinity)
      ? [
          `${path}.affinity.podAffinity: where other pods run is not known; a pod with no such pod near stays Pending`,
        ]
      : []),
    ...(given('podAntiAffinity') > own(antiAffinity)
      ? [`${path}.affinity.podAntiAffinity: where other pods run is not known; none is assumed`]
      : []),
  ];
}

function room(context: Context): string[] {
  const { after, before, capacity } = context;
  const known = capacity as Readonly<Record<string, number>>;
  const names = [before, after].flatMap(({ template: { requests } }) =>
    Object.keys(requests).filter((name) => (requests[name] ?? 0) > 0 && known[name] === undefined),
  );
  const [first] = names;
  if (first === undefined) return [];
  return [
    `${podSpecOf(context).path}.containers.resources.requests (${listed(names)}): the nodes are assumed to have room; --capacity ${first}=N limits it`,
  ];
}

/** Fields of a pod's spec that decide when or where it is scheduled. */
const fieldsOfScheduling: Readonly<Record<string, string>> = {
  nodeName:
    'a pod goes to this node without a scheduler; one that does not fit is predicted to wait, though the kubelet fails it and the ReplicaSet creates the next',
  tolerations: 'the taints of the nodes are not known; each node is assumed to be tolerated',
  schedulingGates:
    'a pod is not scheduled until a controller removes them; none is known, so new pods are predicted to stay Pending',
  priorityClassName: 'a pod can preempt others, or be preempted; neither is predicted',
  runtimeClassName: 'the overhead and the nodes of the RuntimeClass are not known',
  resourceClaims: 'devices of dynamic resource allocation are assumed to be free',
  resources: 'requests of the whole pod are not counted, only those of its containers',
};

/** Returns what can decide where pods run and is not modelled. */
export function schedulingNotModelled(context: Context): string[] {
  const { path, fields } = podSpecOf(context);
  const { schedulerName = 'default-scheduler' } = fields;
  const present = ([name]: [string, string]): boolean => {
    const value = fields[name];
    return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== null;
  };
  return [
    ...nodesNeeded(context),
    ...unknownLabels(context),
    ...otherPods(context),
    ...room(context),
    ...(schedulerName === 'default-scheduler'
      ? []
      : [
          `${path}.schedulerName: the rules of ${String(schedulerName)} are not known; those of kube-scheduler are predicted`,
        ]),
    ...Object.entries(fieldsOfScheduling)
      .filter(present)
      .map(([name, sentence]) => `${path}.${name}: ${sentence}`),
  ];
}
