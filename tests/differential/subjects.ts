import type { ChangeRequest, Manifest } from '@online-inference/rollout';
import type { Case, Draws } from './draws';
import type { Ground } from './grounds';

/** Makes a case of another subject from a random Deployment. */
type Subject = (each: Case, draws: Draws, ground: Ground) => Case;

type Spec = Readonly<Record<string, unknown>>;

const getSpec = (manifest: Manifest): Spec => manifest['spec'] as Spec;

const withFirst = (each: Case, first: ChangeRequest): Case => ({
  ...each,
  requests: [first, ...each.requests.slice(1)],
});

/** Replaces the Deployment by a workload of another kind, which gets a new image. */
function toKind(each: Case, kind: string, fields: object): Case {
  const { replicas, minReadySeconds, selector, template } = getSpec(each.manifest);
  const common = { minReadySeconds, selector, template, ...(kind !== 'DaemonSet' && { replicas }) };
  const isPossible = ({ replicas: wanted }: ChangeRequest): boolean => wanted === undefined;
  const requests = each.requests.filter((request) => kind !== 'DaemonSet' || isPossible(request));
  return {
    ...each,
    manifest: { ...each.manifest, kind, spec: { ...common, ...fields } },
    requests,
  };
}

/** New pods that start more slowly than any of the other cases, some of them past the progress deadline. */
const slowStart: Subject = (each, draws, { images, setStartDelay }) => {
  const delay = draws.oneOf(5, 8, 12, 20);
  const spec = { ...getSpec(each.manifest), progressDeadlineSeconds: draws.oneOf(10, 120) };
  const slow = {
    ...each,
    manifest: { ...each.manifest, spec },
    startDelay: { ...each.startDelay, new: delay },
  };
  return withFirst(slow, { image: images[1], set: [setStartDelay(delay)] });
};

/** New pods whose process exits, before or after they are ready. */
const crash: Subject = (each, draws, { images, setStartDelay, setCrash }) => {
  if (!setCrash) throw new Error('pods of these nodes never crash: use --ground real');
  const delay = each.startDelay.new > 60 ? 1 : each.startDelay.new;
  const spec = { ...getSpec(each.manifest), progressDeadlineSeconds: draws.oneOf(15, 30) };
  const crashing = {
    ...each,
    manifest: { ...each.manifest, spec },
    startDelay: { ...each.startDelay, new: delay },
  };
  const set = [setStartDelay(delay), setCrash(draws.oneOf(0.5, 2, 5, 9))];
  return { ...withFirst(crashing, { image: images[1], set }), requests: [{ image: images[1], set }] };
};

const statefulSet: Subject = (each, draws) => {
  const replicas = Number(getSpec(each.manifest)['replicas']);
  return toKind(each, 'StatefulSet', {
    serviceName: each.name,
    podManagementPolicy: draws.oneOf('OrderedReady', 'Parallel'),
    updateStrategy: draws.chance(0.1)
      ? { type: 'OnDelete' }
      : {
          type: 'RollingUpdate',
          rollingUpdate: { partition: draws.oneOf(0, 0, draws.integer(0, replicas)) },
        },
  });
};

const daemonSet: Subject = (each, draws, { images }) => {
  const rollingUpdate = draws.oneOf<object>(
    { maxSurge: 0, maxUnavailable: draws.oneOf<number | string>(1, 2, '50%') },
    { maxSurge: draws.oneOf<number | string>(1, '50%'), maxUnavailable: 0 },
  );
  const made = toKind(each, 'DaemonSet', { updateStrategy: { type: 'RollingUpdate', rollingUpdate } });
  return made.requests.length > 0 ? made : { ...made, requests: [{ image: images[1] }] };
};

export const subjects = { 'slow-start': slowStart, crash, StatefulSet: statefulSet, DaemonSet: daemonSet };
export type SubjectName = keyof typeof subjects;
export const subjectNames = Object.keys(subjects) as SubjectName[];
