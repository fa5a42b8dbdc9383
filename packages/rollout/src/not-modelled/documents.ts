import { isCustomResource, type Manifest } from '../manifest/documents.ts';
import { selects, type LabelSelector } from '../manifest/selector.ts';
import { servicesOf } from '../manifest/service.ts';
import { refersTo, titleOf } from '../manifest/surroundings.ts';
import { resolveFenceposts } from '../rules/fenceposts.ts';
import { listed, objectAt, type Context } from './context.ts';

function autoscaler({ surroundings, given: file, before }: Context): string[] {
  const { autoscaler: found } = surroundings;
  if (!found) return [];
  const { name, minReplicas, maxReplicas } = found;
  const given = objectAt(file, 'spec')['replicas'];
  const reset =
    given === undefined
      ? ''
      : '; kubectl apply of a file with spec.replicas sets that number again, until the autoscaler sets its own within 15 s (--replicas predicts this)';
  return [
    `HorizontalPodAutoscaler/${name}: predicted to hold ${before.replicas} replicas; with other metrics it scales from ${minReplicas} to ${maxReplicas}${reset}`,
  ];
}

function quotas({ surroundings }: Context): string[] {
  const { quotas: found, documents } = surroundings;
  const known = new Set(found.map(({ name }) => name));
  return [
    ...found.map(
      ({ name }) =>
        `ResourceQuota/${name}: only the pods of this workload are counted, other use is not known`,
    ),
    ...documents
      .filter(
        (each) => each['kind'] === 'ResourceQuota' && !known.has(String(objectAt(each, 'metadata')['name'])),
      )
      .map((each) => `${titleOf(each)}: its scopes or its form are not modelled; it can refuse pods`),
  ];
}

/** A budget does not limit a rollout, which users expect where it allows less than the rollout takes away. */
function budgets({ surroundings, after, before }: Context): string[] {
  const { kind, strategy, replicas, template } = after;
  if (kind !== 'Deployment' || template.key === before.template.key) return [];
  const { unavailable } =
    strategy.type === 'Recreate'
      ? { unavailable: replicas }
      : resolveFenceposts(strategy.maxSurge, strategy.maxUnavailable, replicas);
  if (unavailable === 0) return [];
  return surroundings.documents
    .filter((each) => each['kind'] === 'PodDisruptionBudget')
    .filter((each) => selects(objectAt(each, 'spec', 'selector') as LabelSelector, template.placement.labels))
    .map(
      (each) =>
        `${titleOf(each)}: limits evictions, not a rollout, which may take ${unavailable} of ${replicas} pods away`,
    );
}

/** Returns what Services of the file do with requests beyond kube-proxy's choice of any pod. */
function services({ surroundings, before, after }: Context): string[] {
  return servicesOf(surroundings.documents, [before.template, after.template]).flatMap((each, index) => {
    const { clusterIP, sessionAffinity, externalTrafficPolicy, internalTrafficPolicy } = objectAt(
      each,
      'spec',
    );
    const fields = [
      clusterIP === 'None' && 'clusterIP None (clients choose a pod by DNS)',
      sessionAffinity === 'ClientIP' && 'sessionAffinity',
      externalTrafficPolicy === 'Local' && 'externalTrafficPolicy',
      internalTrafficPolicy === 'Local' && 'internalTrafficPolicy',
      index > 0 && 'the requests to a second Service',
    ].filter((field) => field !== false);
    return fields.length === 0 ? [] : [`${titleOf(each)}: not modelled: ${listed(fields)}`];
  });
}

/** Kinds with pods of their own. */
const havePods = /^(Deployment|ReplicaSet|StatefulSet|DaemonSet|Pod|Job|CronJob|ReplicationController)$/;

/** Kinds that can refuse or change pods when they are created. */
const admission = /^(Validating|Mutating)(WebhookConfiguration|AdmissionPolicy)$/;

/** Returns whether a document is a Namespace that refuses pods by their security. */
const enforces = (each: Manifest): boolean =>
  each['kind'] === 'Namespace' &&
  objectAt(each, 'metadata', 'labels')['pod-security.kubernetes.io/enforce'] !== undefined;

const scalesWorkload = (each: Manifest, workload: Manifest): boolean =>
  each['kind'] !== 'HorizontalPodAutoscaler' &&
  ['scaleTargetRef', 'targetRef'].some((field) => refersTo(each, field, workload));

/** Returns what other documents of the file can decide and is not modelled. */
export function documentsNotModelled(context: Context): string[] {
  const { surroundings, manifest, capacity } = context;
  const { documents } = surroundings;
  const scalers = documents.filter((each) => scalesWorkload(each, manifest));
  const custom = documents.filter((each) => isCustomResource(each) && !scalers.includes(each));
  const admitting = documents.filter((each) => admission.test(String(each['kind'])) || enforces(each));
  const limited = Object.keys(capacity).length > 0 || surroundings.quotas.length > 0;
  const neighbours = limited ? documents.filter(({ kind }) => havePods.test(String(kind))) : [];
  const metadata = objectAt(manifest, 'spec', 'template', 'metadata');
  const injected = Object.entries({ ...objectAt(metadata, 'annotations'), ...objectAt(metadata, 'labels') })
    .filter(([key, value]) => key.endsWith('inject') && !/^(false|disabled)$/.test(String(value)))
    .map(([key]) => key);
  const { podReplacementPolicy } = objectAt(manifest, 'spec');
  return [
    ...autoscaler(context),
    ...quotas(context),
    ...budgets(context),
    ...services(context),
    ...scalers.map(
      (each) => `${titleOf(each)}: changes the replicas or the requests of the workload, not modelled`,
    ),
    ...(admitting.length > 0
      ? [`${listed(admitting.map(titleOf))}: can refuse or change pods, not modelled`]
      : []),
    ...(custom.length > 0
      ? [`${listed(custom.map(titleOf))}: what the controllers of custom resources do to pods is not known`]
      : []),
    ...(neighbours.length > 0
      ? [`${listed(neighbours.map(titleOf))}: the room and the quota that their pods take are not counted`]
      : []),
    ...surroundings.quotas
      .filter(({ hard }) => 'count/replicasets.apps' in hard)
      .map(
        ({ name }) =>
          `ResourceQuota/${name}: count/replicasets.apps is not counted; a new ReplicaSet can be refused`,
      ),
    ...(injected.length > 0
      ? [`annotations and labels ${listed(injected)}: a webhook can add containers, not modelled`]
      : []),
    ...(podReplacementPolicy === undefined
      ? []
      : [
          'spec.podReplacementPolicy: ignored, as the API server does while the feature gate DeploymentPodReplacementPolicy is off (alpha, off by default in 1.36)',
        ]),
  ];
}
