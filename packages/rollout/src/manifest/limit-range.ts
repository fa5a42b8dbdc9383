import type { TemplateManifest } from './manifest-schema.ts';
import { parseQuantity } from './quantity.ts';
import type { LimitRangeItem } from './surrounding-schema.ts';
import type { PodTemplate, Resources } from './workload-spec.ts';

type Amounts = NonNullable<LimitRangeItem['max']>;

interface Container {
  readonly resources?: { readonly requests?: Amounts; readonly limits?: Amounts };
}

/** @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/pkg/apis/core/v1/defaults.go `SetDefaults_LimitRangeItem` */
function defaultsOf({ max, min, ...item }: LimitRangeItem): { limits: Amounts; requests: Amounts } {
  const limits = { ...max, ...item.default };
  return { limits, requests: { ...min, ...limits, ...item.defaultRequest } };
}

/** A limit of its own is the request of a container before a LimitRange is asked. */
function withDefaults<T extends Container>(container: T, items: readonly LimitRangeItem[]): T {
  const { requests, limits } = container.resources ?? {};
  const defaults = items.filter(({ type }) => type === 'Container').map(defaultsOf);
  if (defaults.length === 0) return container;
  return {
    ...container,
    resources: {
      ...container.resources,
      requests: Object.assign({}, ...defaults.map((each) => each.requests), limits, requests) as Amounts,
      limits: Object.assign({}, ...defaults.map((each) => each.limits), limits) as Amounts,
    },
  };
}

/** Returns a template whose containers have the default requests and limits of the LimitRanges. */
export function withLimitRanges(
  template: TemplateManifest,
  items: readonly LimitRangeItem[],
): TemplateManifest {
  const { containers, initContainers } = template.spec;
  const spec = {
    ...template.spec,
    containers: containers.map((each) => withDefaults(each, items)),
    ...(initContainers && { initContainers: initContainers.map((each) => withDefaults(each, items)) }),
  };
  return items.length === 0 ? template : { ...template, spec };
}

/** What a LimitRange compares: a container, or a pod. */
interface Compared {
  readonly requests: Resources;
  readonly limits: Resources;
}

function exceeded(item: LimitRangeItem, { requests, limits }: Compared): string | undefined {
  const amount = (value: string | number): number => parseQuantity(value, `LimitRange of ${item.type}`);
  for (const [name, max] of Object.entries(item.max ?? {})) {
    const limit = limits[name];
    const usage = `maximum ${name} usage per ${item.type} is ${max}`;
    if (limit === undefined) return `${usage}. No limit is specified`;
    if (limit > amount(max)) return `${usage}, but limit is ${limit}`;
    if ((requests[name] ?? 0) > amount(max)) return `${usage}, but request is ${requests[name] ?? 0}`;
  }
  for (const [name, min] of Object.entries(item.min ?? {})) {
    const request = requests[name];
    const usage = `minimum ${name} usage per ${item.type} is ${min}`;
    if (request === undefined) return `${usage}. No request is specified`;
    if (request < amount(min)) return `${usage}, but request is ${request}`;
  }
  for (const [name, ratio] of Object.entries(item.maxLimitRequestRatio ?? {})) {
    const [limit = 0, request = 0] = [limits[name], requests[name]];
    if (request === 0 || limit / request > amount(ratio))
      return `${name} max limit to request ratio per ${item.type} is ${ratio}, but provided ratio is ${limit / request}`;
  }
  return undefined;
}

/** The default limit of a LimitRange can be below the request that a container has. */
function contradiction({ containers }: PodTemplate): string | undefined {
  for (const [index, { requests, limits }] of containers.entries()) {
    const name = Object.keys(limits).find((each) => (requests[each] ?? 0) > (limits[each] ?? Infinity));
    if (name === undefined) continue;
    return `spec.containers[${index}].resources.requests: Invalid value: "${requests[name] ?? 0}": must be less than or equal to ${name} limit of ${limits[name] ?? 0}`;
  }
  return undefined;
}

/**
 * Returns why the API server refuses pods of a template.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.27.0/plugin/pkg/admission/limitranger/admission.go `PodValidateLimitFunc`
 */
export function limitRangeRefusal(
  template: PodTemplate,
  items: readonly LimitRangeItem[],
): string | undefined {
  for (const item of items) {
    const compared = item.type === 'Pod' ? [template] : item.type === 'Container' ? template.containers : [];
    for (const each of compared) {
      const why = exceeded(item, each);
      if (why !== undefined) return why;
    }
  }
  return items.length === 0 ? undefined : contradiction(template);
}
