import type { ContainerResources } from 'cdk8s-plus-27';
import * as k8s from '../imports/k8s';

/** Requests and limits as they stand in YAML. */
export interface PlainResources {
  readonly limits?: Readonly<Record<string, string | number>>;
  readonly requests?: Readonly<Record<string, string | number>>;
}

/** What cdk8s-plus is told of CPU and memory, as it stands in YAML. */
export function plainResources({ cpu, memory }: ContainerResources): PlainResources {
  const of = (kind: 'limit' | 'request') => ({
    ...(cpu?.[kind] && { cpu: cpu[kind].amount }),
    ...(memory?.[kind] && { memory: `${memory[kind].toMebibytes()}Mi` }),
  });
  return { limits: of('limit'), requests: of('request') };
}

/** The same as the generated classes take them. What else is there, such as a reference, stays as it is. */
export function quantities({ limits, requests, ...rest }: PlainResources): k8s.ResourceRequirements {
  return {
    ...rest,
    ...(limits && { limits: each(limits) }),
    ...(requests && { requests: each(requests) }),
  };
}

function each(amounts: Readonly<Record<string, string | number>>): Record<string, k8s.Quantity> {
  return Object.fromEntries(
    Object.entries(amounts).map(([name, amount]) => [
      name,
      typeof amount === 'number' ? k8s.Quantity.fromNumber(amount) : k8s.Quantity.fromString(amount),
    ]),
  );
}
