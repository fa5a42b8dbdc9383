import type { PodSpecManifest, TemplateManifest } from './manifest-schema.ts';
import type { PodAffinityTerm, TopologySpreadConstraint } from './placement-schema.ts';
import { selects } from './selector.ts';

/** A rule about the pods in one domain of a topology key. */
export interface PlacementTerm {
  readonly topologyKey: string;
  /** Returns whether the rule counts a pod of this workload. */
  readonly counts: (labels: Labels) => boolean;
}

/** A topology spread constraint that a node must meet. */
export interface SpreadTerm extends PlacementTerm {
  readonly maxSkew: number;
  readonly minDomains: number;
}

/** Labels of a pod. */
export type Labels = Readonly<Record<string, string>>;

/** What the scheduler reads of a pod template, beside the requests. */
export interface Placement {
  readonly labels: Labels;
  /** Ports that the pod takes on its node. */
  readonly hostPorts: readonly HostPort[];
  readonly affinity: readonly PlacementTerm[];
  readonly antiAffinity: readonly PlacementTerm[];
  /** Constraints with `DoNotSchedule`. */
  readonly spread: readonly SpreadTerm[];
  /** Constraints with `ScheduleAnyway`. */
  readonly softSpread: readonly SpreadTerm[];
  /** True if the template has spread constraints of its own, so that the default ones do not apply. */
  readonly ownSpread: boolean;
  /** True if all pods go to one node, which the template names. */
  readonly pinned: boolean;
  /** True if pods are not scheduled until a controller removes their scheduling gates. */
  readonly gated: boolean;
  /** Names of the claims that the pod mounts. */
  readonly claims: readonly string[];
}

/** A port on a node. */
export interface HostPort {
  readonly ip: string;
  readonly protocol: string;
  readonly port: number;
}

const ANY_IP = '0.0.0.0';

const HOSTNAME = 'kubernetes.io/hostname';
/** The label by which a Deployment tells its revisions apart. */
const HASH_LABEL = 'pod-template-hash';

function hostPorts({ containers, initContainers = [], hostNetwork = false }: PodSpecManifest): HostPort[] {
  const sidecars = initContainers.filter(({ restartPolicy }) => restartPolicy === 'Always');
  return [...containers, ...sidecars].flatMap(({ ports = [] }) =>
    ports.flatMap(({ containerPort = 0, hostPort, hostIP, protocol = 'TCP' }) => {
      // SetDefaults_HostNetworkPorts: with hostNetwork each port of a container is a port of the node
      const port = hostPort ?? (hostNetwork ? containerPort : 0);
      return port > 0 ? [{ ip: hostIP ?? ANY_IP, protocol, port }] : [];
    }),
  );
}

/**
 * Returns whether two pods cannot share a node because of their ports: 80/TCP on any address conflicts with 80/TCP
 * on 10.0.0.1, and not with 80/UDP.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/scheduler/framework/types.go `HostPortInfo.CheckConflict`
 */
export function portsConflict(a: readonly HostPort[], b: readonly HostPort[]): boolean {
  const anyAddress = (one: HostPort, other: HostPort): boolean =>
    one.ip === other.ip || one.ip === ANY_IP || other.ip === ANY_IP;
  return a.some((one) =>
    b.some((two) => one.port === two.port && one.protocol === two.protocol && anyAddress(one, two)),
  );
}

type Term = Pick<PodAffinityTerm, 'labelSelector' | 'matchLabelKeys' | 'mismatchLabelKeys'>;

/** A term without a selector counts no pod. @see `LabelSelectorAsSelector` */
function counter(
  { labelSelector, matchLabelKeys = [], mismatchLabelKeys = [] }: Term,
  own: Labels,
): PlacementTerm['counts'] {
  return (labels) =>
    labelSelector !== undefined &&
    selects(labelSelector, labels) &&
    matchLabelKeys.every((key) => !(key in own) || labels[key] === own[key]) &&
    mismatchLabelKeys.every((key) => !(key in own) || labels[key] !== own[key]);
}

/** Returns whether a term counts pods of its own namespace, as far as the manifest says. */
const inOwnNamespace = (
  { namespaces = [], namespaceSelector }: PodAffinityTerm,
  namespace: string | undefined,
): boolean =>
  namespaceSelector !== undefined ||
  namespace === undefined ||
  namespaces.length === 0 ||
  namespaces.includes(namespace);

/**
 * Returns what the scheduler reads of a pod template.
 *
 * @param namespace namespace of the workload, if the manifest has one
 * @param hash stands for the label `pod-template-hash`: equal for equal templates only
 */
export function placementOf(given: TemplateManifest, hash: string, namespace: string | undefined): Placement {
  const { metadata, spec } = given;
  const {
    affinity,
    topologySpreadConstraints = [],
    volumes = [],
    nodeName,
    nodeSelector,
    schedulingGates = [],
  } = spec;
  const labels = { ...metadata?.labels, [HASH_LABEL]: hash };
  const terms = (list: readonly PodAffinityTerm[] = []): PlacementTerm[] =>
    list
      .filter((term) => inOwnNamespace(term, namespace))
      .map((term) => ({ topologyKey: term.topologyKey, counts: counter(term, labels) }));
  const spread = (wanted: TopologySpreadConstraint['whenUnsatisfiable']): SpreadTerm[] =>
    topologySpreadConstraints
      .filter(({ whenUnsatisfiable }) => whenUnsatisfiable === wanted)
      .map(({ topologyKey, maxSkew, minDomains = 1, ...term }) => {
        return { topologyKey, maxSkew, minDomains, counts: counter(term, labels) };
      });
  return {
    labels,
    hostPorts: hostPorts(spec),
    affinity: terms(affinity?.podAffinity?.requiredDuringSchedulingIgnoredDuringExecution),
    antiAffinity: terms(affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution),
    spread: spread('DoNotSchedule'),
    softSpread: spread('ScheduleAnyway'),
    ownSpread: topologySpreadConstraints.length > 0,
    pinned: nodeName !== undefined || nodeSelector?.[HOSTNAME] !== undefined,
    gated: schedulingGates.length > 0,
    claims: volumes.flatMap(({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName ?? []),
  };
}
