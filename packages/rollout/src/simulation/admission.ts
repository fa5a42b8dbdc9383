import { limitRangeRefusal } from '../manifest/limit-range.ts';
import type { LimitRangeItem } from '../manifest/surrounding-schema.ts';
import type { Quota } from '../manifest/surroundings.ts';
import type { ContainerSpec, PodTemplate } from '../manifest/workload-spec.ts';
import type { PodObject } from './model.ts';

/** The compute resources of a quota that each container must have: `cpu` is short for `requests.cpu`. */
const mandatory = /^((?:requests|limits)\.)?(cpu|memory)$/;

/** Returns how much of a quota's resource a pod uses; undefined for a resource that pods do not use. */
function usageOf({ requests, limits }: PodTemplate, resource: string): number | undefined {
  if (resource === 'pods' || resource === 'count/pods') return 1;
  const [, list, name = ''] = /^(?:(requests|limits)\.)?(.+)$/.exec(resource) ?? [];
  if (list === 'limits') return limits[name] ?? 0;
  if (list === 'requests') return requests[name] ?? 0;
  return ['cpu', 'memory', 'ephemeral-storage'].includes(name) || name.startsWith('hugepages-')
    ? (requests[name] ?? 0)
    : undefined;
}

function has({ requests, limits }: ContainerSpec, resource: string): boolean {
  const [, list, name = ''] = mandatory.exec(resource) ?? [];
  return name === '' || name in (list === 'limits.' ? limits : requests);
}

/** @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/quota/v1/evaluator/core/pods.go `podMatchesScopeFunc` */
function isInScope({ containers, initContainers }: PodTemplate, scope: string): boolean {
  const bestEffort = [...containers, ...initContainers].every(
    ({ requests, limits }) => Object.keys({ ...requests, ...limits }).length === 0,
  );
  // A pod of a controller cannot have activeDeadlineSeconds, so it is NotTerminating.
  return { BestEffort: bestEffort, NotBestEffort: !bestEffort, Terminating: false }[scope] ?? true;
}

const list = (amounts: readonly (readonly [string, number])[]): string =>
  amounts.map(([name, amount]) => `${name}=${Number(amount.toPrecision(12))}`).join(',');

/** The admission of pods by the ResourceQuotas and LimitRanges of their namespace. */
export class Admission {
  constructor(
    private readonly quotas: readonly Quota[],
    private readonly limits: readonly LimitRangeItem[],
  ) {}

  /**
   * Returns why the API server refuses another pod of a template, in its words.
   *
   * @param pods the pods that exist; a terminating pod counts until it is removed
   * @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/staging/src/k8s.io/apiserver/pkg/admission/plugin/resourcequota/controller.go `CheckRequest`
   */
  findRefusal(template: PodTemplate, pods: Iterable<PodObject>): string | undefined {
    const byLimit = limitRangeRefusal(template, this.limits);
    if (byLimit !== undefined) return byLimit;
    for (const quota of this.quotas) {
      const why = quota.scopes.every((scope) => isInScope(template, scope))
        ? findQuotaRefusal(quota, template, pods)
        : undefined;
      if (why !== undefined) return why;
    }
    return undefined;
  }
}

function findQuotaRefusal(
  { name, hard, scopes }: Quota,
  template: PodTemplate,
  pods: Iterable<PodObject>,
): string | undefined {
  const containers = [...template.containers, ...template.initContainers];
  const missing = Object.keys(hard).flatMap((resource) => {
    const lacking = containers.filter((container) => !has(container, resource));
    return lacking.length > 0 ? [`${resource} for: ${lacking.map((each) => each.name).join(',')}`] : [];
  });
  if (missing.length > 0) return `failed quota: ${name}: must specify ${missing.join('; ')}`;
  const counted = [...pods].filter((pod) => scopes.every((scope) => isInScope(pod.template, scope)));
  const exceeded = Object.entries(hard).flatMap(([resource, limited]) => {
    const requested = usageOf(template, resource);
    if (requested === undefined) return [];
    const used = counted.reduce((sum, pod) => sum + (usageOf(pod.template, resource) ?? 0), 0);
    return used + requested > limited + 1e-9 && requested > 0 ? [{ resource, requested, used, limited }] : [];
  });
  if (exceeded.length === 0) return undefined;
  const amounts = (field: 'requested' | 'used' | 'limited'): string =>
    list(exceeded.map((each) => [each.resource, each[field]]));
  return `exceeded quota: ${name}, requested: ${amounts('requested')}, used: ${amounts('used')}, limited: ${amounts('limited')}`;
}
