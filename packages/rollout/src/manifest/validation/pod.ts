import { duplicate, forbidden, inRange, invalid, oneOf, required } from '../field-error.ts';
import { checkContainers } from './containers.ts';
import {
  checkDnsLabel,
  checkDnsSubdomain,
  checkLabelKey,
  checkLabels,
  checkRequiredLabel,
} from './formats.ts';
import type { LooseMetadata, LoosePodSpec } from './loose.ts';
import { checkPlacement } from './placement.ts';
import { checkUsers } from './users.ts';

const MAX_INT32 = 2 ** 31 - 1;

/** Yields errors for the names, labels and annotations of an object. */
export function* checkMetadata(metadata: LooseMetadata, path: string): Generator<string> {
  const { name = '', generateName = '', namespace, labels, annotations = {} } = metadata;
  if (name === '' && generateName === '') yield required(`${path}.name`, 'name or generateName is required');
  yield* checkDnsSubdomain(`${path}.generateName`, generateName.replace(/-$/, 'a'));
  yield* checkDnsSubdomain(`${path}.name`, name);
  yield* checkDnsLabel(`${path}.namespace`, namespace);
  yield* checkLabels(`${path}.labels`, labels);
  for (const key of Object.keys(annotations)) yield* checkLabelKey(`${path}.annotations`, key.toLowerCase());
}

/** A source is a field of the volume that is an object, such as `emptyDir`. */
function* checkVolumes(spec: LoosePodSpec, path: string): Generator<string> {
  const names = new Set<string>();
  for (const [index, volume] of (spec.volumes ?? []).entries()) {
    const own = `${path}[${index}]`;
    const { name = '', ...sources } = volume;
    yield* checkRequiredLabel(`${own}.name`, name);
    if (name !== '' && names.has(name)) yield duplicate(`${own}.name`, name);
    names.add(name);
    const [, ...more] = Object.keys(sources);
    for (const source of more) yield forbidden(`${own}.${source}`, 'may not specify more than 1 volume type');
    const { hostPath, persistentVolumeClaim: claim, secret, configMap } = volume;
    if (hostPath && !hostPath.path) yield required(`${own}.hostPath.path`);
    if (claim && !claim.claimName) yield required(`${own}.persistentVolumeClaim.claimName`);
    if (secret && !secret.secretName) yield required(`${own}.secret.secretName`);
    if (configMap && !configMap.name) yield required(`${own}.configMap.name`);
  }
}

function* checkHostNetwork(spec: LoosePodSpec, path: string): Generator<string> {
  if (!spec.hostNetwork) return;
  for (const [index, { ports = [] }] of (spec.containers ?? []).entries()) {
    for (const [portIndex, { hostPort = 0, containerPort }] of ports.entries()) {
      if (hostPort === 0 || hostPort === containerPort) continue;
      const own = `${path}.containers[${index}].ports[${portIndex}].hostPort`;
      yield invalid(own, hostPort, 'must match `containerPort` when `hostNetwork` is true');
    }
  }
}

/**
 * Yields errors for the spec of a pod.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.37.0/pkg/apis/core/validation/validation.go `ValidatePodSpec`
 */
export function* checkPodSpec(spec: LoosePodSpec, path: string): Generator<string> {
  // a negative grace period counts as 1 s
  const { terminationGracePeriodSeconds: grace = 30, activeDeadlineSeconds } = spec;
  yield* checkVolumes(spec, `${path}.volumes`);
  yield* checkContainers(spec, path, grace < 0 ? 1 : grace);
  yield* checkHostNetwork(spec, path);
  yield* oneOf(`${path}.restartPolicy`, spec.restartPolicy, ['Always', 'OnFailure', 'Never']);
  yield* oneOf(`${path}.dnsPolicy`, spec.dnsPolicy, [
    'ClusterFirstWithHostNet',
    'ClusterFirst',
    'Default',
    'None',
  ]);
  if (spec.dnsPolicy === 'None' && !spec.dnsConfig) {
    yield required(`${path}.dnsConfig`, 'must provide `dnsConfig` when `dnsPolicy` is None');
  }
  yield* checkUsers(spec.securityContext, `${path}.securityContext`);
  yield* oneOf(`${path}.os`, spec.os?.name, ['linux', 'windows']);
  yield* checkPlacement(spec, path);
  for (const [index, { conditionType = '' }] of (spec.readinessGates ?? []).entries()) {
    yield* checkLabelKey(`${path}.readinessGates[${index}].conditionType`, conditionType);
  }
  for (const field of ['serviceAccountName', 'nodeName', 'priorityClassName', 'runtimeClassName'] as const) {
    yield* checkDnsSubdomain(`${path}.${field}`, spec[field]);
  }
  yield* checkDnsLabel(`${path}.hostname`, spec.hostname);
  yield* checkDnsLabel(`${path}.subdomain`, spec.subdomain);
  yield* oneOf(`${path}.preemptionPolicy`, spec.preemptionPolicy, ['PreemptLowerPriority', 'Never']);
  if (activeDeadlineSeconds !== undefined) {
    yield* inRange(`${path}.activeDeadlineSeconds`, activeDeadlineSeconds, 1, MAX_INT32);
  }
}
