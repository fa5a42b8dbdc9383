import type { Static, TSchema } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import type { ConfigMaps } from './config-maps.ts';
import { parseQuantity } from './quantity.ts';
import {
  AutoscalerManifest,
  BudgetManifest,
  ClaimManifest,
  ConfigMapManifest,
  LimitRangeManifest,
  ResourceQuotaManifest,
  type LimitRangeItem,
} from './surrounding-schema.ts';
import type { Resources } from './workload-spec.ts';
import { stringOf, type Manifest } from './documents.ts';
import { selects } from './selector.ts';

/** A ResourceQuota. */
export interface Quota {
  readonly name: string;
  readonly hard: Resources;
  readonly scopes: readonly string[];
}

/** The bounds of a HorizontalPodAutoscaler. */
export interface Autoscaler {
  readonly name: string;
  readonly minReplicas: number;
  readonly maxReplicas: number;
}

/** A PodDisruptionBudget. */
export interface DisruptionBudget {
  readonly name: string;
  readonly minAvailable?: number | string;
  readonly maxUnavailable?: number | string;
  /** True when it never guards pods that are not ready. */
  readonly alwaysAllow: boolean;
  /** Returns whether it guards pods with these labels. */
  readonly selects: (labels: Readonly<Record<string, string>>) => boolean;
}

/** The objects of a workload's namespace that can decide its rollout. */
export interface Surroundings {
  /** All documents beside the workload, of its namespace. */
  readonly documents: readonly Manifest[];
  readonly quotas: readonly Quota[];
  readonly limits: readonly LimitRangeItem[];
  readonly autoscaler: Autoscaler | undefined;
  readonly budgets: readonly DisruptionBudget[];
  /** Access modes of the claims in the documents, by name. */
  readonly claimModes: ReadonlyMap<string, readonly string[]>;
  readonly configMaps: ConfigMaps;
}

const objectAt = (node: unknown, key: string): Readonly<Record<string, unknown>> => {
  const value = (node as Record<string, unknown> | undefined)?.[key];
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
};

/** Returns the namespace of a document; undefined when it does not say. */
const namespaceOf = (document: Manifest): unknown => objectAt(document, 'metadata')['namespace'];

/** Returns the name of a document, for messages. */
export const titleOf = (document: Manifest): string =>
  `${stringOf(document, 'kind') ?? '?'}/${stringOf(document['metadata'], 'name') ?? '?'}`;

/** Returns whether a field of a document, such as `scaleTargetRef`, names the workload. */
export function refersTo(document: Manifest, field: string, workload: Manifest): boolean {
  const target = objectAt(objectAt(document, 'spec'), field);
  const { kind, name } = target;
  return (kind ?? 'Deployment') === workload['kind'] && name === objectAt(workload, 'metadata')['name'];
}

const withoutStatus = (document: Manifest): unknown => ({ ...document, status: undefined });

function ofKind<T extends TSchema>(documents: readonly Manifest[], kind: string, schema: T): Static<T>[] {
  return documents
    .filter((each) => each['kind'] === kind)
    .map(withoutStatus)
    .filter((each): each is Static<T> => Value.Check(schema, each));
}

/** Scopes that depend on the priority or on other pods, which are not modelled. */
const scopes = ['Terminating', 'NotTerminating', 'BestEffort', 'NotBestEffort'];

/**
 * Returns the objects that can decide the rollout of a workload. An object without a namespace is in the same one.
 *
 * @throws InputError for an amount of a quota that is no quantity
 */
export function readSurroundings(workload: Manifest, all: readonly Manifest[]): Surroundings {
  const namespace = namespaceOf(workload);
  const near = (document: Manifest): boolean => {
    const other = namespaceOf(document);
    return namespace === undefined || other === undefined || other === namespace;
  };
  const documents = all.filter((each) => each !== workload && near(each));
  const autoscaler = ofKind(documents, 'HorizontalPodAutoscaler', AutoscalerManifest).find((each) =>
    refersTo(each as Manifest, 'scaleTargetRef', workload),
  );
  return {
    documents,
    quotas: ofKind(documents, 'ResourceQuota', ResourceQuotaManifest)
      .filter(({ spec }) => spec.scopeSelector === undefined)
      .filter((each) => (each.spec.scopes ?? []).every((scope) => scopes.includes(scope)))
      .map(({ metadata: { name }, spec }) => ({
        name,
        scopes: spec.scopes ?? [],
        hard: Object.fromEntries(
          Object.entries(spec.hard ?? {}).map(([key, amount]) => [
            key,
            parseQuantity(amount, `ResourceQuota ${name}: ${key}`),
          ]),
        ),
      })),
    limits: ofKind(documents, 'LimitRange', LimitRangeManifest).flatMap(({ spec }) => spec.limits),
    autoscaler: autoscaler && {
      name: autoscaler.metadata.name,
      minReplicas: autoscaler.spec.minReplicas ?? 1,
      maxReplicas: autoscaler.spec.maxReplicas,
    },
    configMaps: new Map(
      ofKind(documents, 'ConfigMap', ConfigMapManifest).map(({ metadata, data = {} }) => [
        metadata.name,
        data,
      ]),
    ),
    budgets: ofKind(documents, 'PodDisruptionBudget', BudgetManifest).map(({ metadata, spec }) => {
      const { minAvailable, maxUnavailable, selector, unhealthyPodEvictionPolicy } = spec;
      return {
        name: metadata.name,
        ...(minAvailable !== undefined && { minAvailable }),
        ...(maxUnavailable !== undefined && { maxUnavailable }),
        alwaysAllow: unhealthyPodEvictionPolicy === 'AlwaysAllow',
        // A budget without a selector selects no pods.
        selects: (labels) => selector !== undefined && selects(selector, labels),
      };
    }),
    claimModes: new Map(
      ofKind(documents, 'PersistentVolumeClaim', ClaimManifest).map(({ metadata, spec }) => [
        metadata.name,
        spec.accessModes,
      ]),
    ),
  };
}
