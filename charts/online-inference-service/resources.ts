import type { ContainerResources } from 'cdk8s-plus-27';
import * as k8s from '../../imports/k8s';

/** Requests and limits as they appear in YAML: amounts by the name of the resource. */
export interface PlainResources {
  readonly limits?: Readonly<Record<string, string | number>>;
  readonly requests?: Readonly<Record<string, string | number>>;
}

/** Converts resources of cdk8s-plus to their YAML form. */
export function plainResources({ cpu, memory }: ContainerResources): PlainResources {
  const of = (kind: 'limit' | 'request') => ({
    ...(cpu?.[kind] && { cpu: cpu[kind].amount }),
    ...(memory?.[kind] && { memory: `${memory[kind].toMebibytes()}Mi` }),
  });
  return { limits: of('limit'), requests: of('request') };
}

/** Converts resources from their YAML form to the generated classes. Other fields, such as a reference, stay as they are. */
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
