import type { V1DeploymentSpec, V1ObjectMeta, V1PodSpec, V1StatefulSetSpec } from '@kubernetes/client-node';

/** A type of the Kubernetes API as a manifest may give it: any field can be missing. */
type Loose<Type> = Type extends readonly (infer Item)[]
  ? readonly Loose<Item>[]
  : Type extends object
    ? string extends keyof Type
      ? Readonly<Type>
      : { readonly [Field in keyof Type]?: Loose<Type[Field]> }
    : Type;

export type LooseMetadata = Loose<
  Pick<V1ObjectMeta, 'name' | 'generateName' | 'namespace' | 'labels' | 'annotations'>
>;
export type LoosePodSpec = Loose<V1PodSpec>;
export type LooseContainer = NonNullable<LoosePodSpec['containers']>[number];
export type LooseProbe = NonNullable<LooseContainer['livenessProbe']>;
/** How a StatefulSet or a DaemonSet replaces its pods. */
interface UpdateStrategy {
  type: string;
  rollingUpdate: { partition: number; maxSurge: number | string; maxUnavailable: number | string };
}
type StatefulFields = Pick<
  V1StatefulSetSpec,
  'podManagementPolicy' | 'ordinals' | 'serviceName' | 'volumeClaimTemplates'
>;
export type LooseWorkloadSpec = Loose<V1DeploymentSpec & StatefulFields & { updateStrategy: UpdateStrategy }>;
