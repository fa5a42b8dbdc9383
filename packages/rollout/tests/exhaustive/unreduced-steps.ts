import type { WorkloadSpec } from '../../src/manifest/workload-spec.ts';
import { planSync } from '../../src/simulation/deployment-plan.ts';
import type { ReplicaSetVersion } from '../../src/simulation/model.ts';
import type { Cluster, Name, SetVersion, Write } from './unreduced-cluster.ts';

const write = (cluster: Cluster, name: Name, change: Partial<SetVersion>): Cluster => {
  const before = cluster.stored[name] ?? { spec: 0, version: 0, replicas: 0, available: 0 };
  const after = { ...before, ...change, version: before.version + 1 };
  return {
    ...cluster,
    stored: { ...cluster.stored, [name]: after },
    setEvents: [...cluster.setEvents, [name, after]],
  };
};

/** Plans a sync from the cache. */
function beginDeploymentSync(spec: WorkloadSpec, cluster: Cluster): Cluster[] {
  if (cluster.deployment.length > 0 || !cluster.queued.deployment) return [];
  const { cached, queued } = cluster;
  const toVersion = (set: SetVersion): ReplicaSetVersion => ({
    replicas: set.spec,
    minReadySeconds: 0,
    desired: spec.replicas,
    max: 0,
    generation: 1,
    version: set.version,
    status: { replicas: set.replicas, ready: set.available, available: set.available, observed: 1 },
  });
  const sets = [cached.old, cached.new].flatMap((set) => set ?? []);
  const newIndex = cached.new && 1;
  const plan = planSync(spec, { sets: sets.map(toVersion), newIndex, oldPodsExist: true });
  const create: Write[] = plan.create === undefined ? [] : [['new', plan.create, undefined]];
  const scalings = plan.scalings.map(({ index, to }): Write => {
    const name = index === 0 ? 'old' : 'new';
    return [name, to, cached[name]?.version];
  });
  const deployment = [...create, ...scalings];
  return [{ ...cluster, deployment, queued: { ...queued, deployment: false } }];
}

/** A write to a set that changed since the sync began ends the sync. */
function writeDeployment(cluster: Cluster): Cluster[] {
  const [next, ...others] = cluster.deployment;
  if (!next) return [];
  const [name, to, version] = next;
  if (cluster.stored[name]?.version !== version)
    return [{ ...cluster, deployment: [], queued: { ...cluster.queued, deployment: true } }];
  return [write({ ...cluster, deployment: others }, name, { spec: to })];
}

function beginPodSync(cluster: Cluster, name: Name): Cluster[] {
  const set = cluster.cached[name];
  if (!set || cluster.syncs[name] || !cluster.queued[name]) return [];
  const queued = { ...cluster.queued, [name]: false };
  const { known, expected } = cluster;
  const missing = expected[name] > 0 ? 0 : set.spec - known[name];
  const available = name === 'old' ? known.old : known.ready;
  const replicas = known[name];
  if (missing === 0 && replicas === set.replicas && available === set.available)
    return [{ ...cluster, queued }];
  const sync = { creates: Math.max(0, missing), deletes: Math.max(0, -missing), replicas, available };
  return [
    {
      ...cluster,
      queued,
      syncs: { ...cluster.syncs, [name]: sync },
      expected: { ...expected, [name]: expected[name] + Math.abs(missing) },
    },
  ];
}

/** Creates or deletes one pod, or ends the sync with its status. */
function goOnWithPodSync(cluster: Cluster, name: Name): Cluster[] {
  const sync = cluster.syncs[name];
  if (!sync) return [];
  const { pods, podEvents, syncs } = cluster;
  if (sync.creates > 0)
    return [
      {
        ...cluster,
        pods: { ...pods, new: pods.new + 1 },
        podEvents: [...podEvents, 'created'],
        syncs: { ...syncs, [name]: { ...sync, creates: sync.creates - 1 } },
      },
    ];
  if (sync.deletes > 0)
    return [
      {
        ...cluster,
        pods: { ...pods, old: pods.old - 1, ending: pods.ending + 1 },
        podEvents: [...podEvents, 'deleted'],
        syncs: { ...syncs, [name]: { ...sync, deletes: sync.deletes - 1 } },
      },
    ];
  const { replicas, available } = sync;
  const cached = cluster.cached[name];
  const unchanged = cached?.replicas === replicas && cached.available === available;
  const ended = { ...cluster, syncs: { ...syncs, [name]: undefined } };
  return [unchanged ? ended : write(ended, name, { replicas, available })];
}

function deliver(cluster: Cluster): Cluster[] {
  const { setEvents, podEvents, cached, known, expected, pods, queued } = cluster;
  const [set, ...sets] = setEvents;
  const [pod, ...others] = podEvents;
  const next: Cluster[] = [];
  if (set)
    next.push({
      ...cluster,
      cached: { ...cached, [set[0]]: set[1] },
      setEvents: sets,
      queued: { ...queued, [set[0]]: true, deployment: true },
    });
  const owner = pod === 'deleted' ? 'old' : 'new';
  const seen = { ...cluster, podEvents: others, queued: { ...queued, [owner]: true } };
  if (pod === 'created')
    next.push({
      ...seen,
      known: { ...known, new: known.new + 1 },
      expected: { ...expected, new: expected.new - 1 },
    });
  if (pod === 'deleted')
    next.push({
      ...seen,
      known: { ...known, old: known.old - 1 },
      expected: { ...expected, old: expected.old - 1 },
    });
  if (pod === 'ready') next.push({ ...seen, known: { ...known, ready: known.ready + 1 } });
  if (pods.ready < pods.new)
    next.push({ ...cluster, pods: { ...pods, ready: pods.ready + 1 }, podEvents: [...podEvents, 'ready'] });
  if (pods.ending > 0) next.push({ ...cluster, pods: { ...pods, ending: pods.ending - 1 } });
  return next;
}

/** Returns the cluster after every step that can be the next one. */
export const stepsOf = (spec: WorkloadSpec, cluster: Cluster): Cluster[] => [
  ...beginDeploymentSync(spec, cluster),
  ...writeDeployment(cluster),
  ...(['old', 'new'] as const).flatMap((name) => [
    ...beginPodSync(cluster, name),
    ...goOnWithPodSync(cluster, name),
  ]),
  ...deliver(cluster),
];
