import { InputError } from '../errors/input-error.ts';
import { workloadKindOf } from '../rules/kinds.ts';
import { isCustomResource, isObject, parseManifests, stringOf, type Manifest } from './documents.ts';
import { rendering } from './rendering.ts';
import { EXPECTED_WORKLOAD, workloadKind } from './workload.ts';

interface Identity {
  readonly namespace?: string | undefined;
  readonly kind: string;
  readonly name: string;
}

const identityOf = (manifest: Manifest): Identity => ({
  namespace: stringOf(manifest['metadata'], 'namespace'),
  kind: stringOf(manifest, 'kind') ?? '?',
  name: stringOf(manifest['metadata'], 'name') ?? '?',
});

export function titleOf(manifest: Manifest): string {
  const { namespace, kind, name } = identityOf(manifest);
  return [...(namespace === undefined ? [] : [namespace]), kind, name].join('/');
}

const versioned = (manifest: Manifest): string =>
  `${titleOf(manifest)} of ${stringOf(manifest, 'apiVersion') ?? ''}`;

/** Kinds of Kubernetes that have pods, but whose rollout is not predicted. */
const unpredicted = ['Job', 'CronJob', 'ReplicationController', 'PodTemplate'];

/** Returns the documents that have pods of their own and are not predicted, each with the reason. */
function unpredictable(all: readonly Manifest[]): string[] {
  return all.flatMap((each) => {
    if (isCustomResource(each))
      return [`${versioned(each)} (a custom resource: what its controller does to pods is not known)`];
    return unpredicted.some((kind) => kind === each['kind']) ? [`${versioned(each)} (not predicted)`] : [];
  });
}

/** Returns why a file without a workload has none. */
function noWorkload(all: readonly Manifest[], origin: string): string {
  if (all.length === 0) return `${origin} is empty, ${EXPECTED_WORKLOAD}`;
  const reasons = unpredictable(all);
  return reasons.length > 0
    ? `${origin} has no workload that can be predicted: ${reasons.join(', ')}; ${EXPECTED_WORKLOAD}`
    : `${origin} has no workload, only ${all.map(versioned).join(', ')}: ${EXPECTED_WORKLOAD}`;
}

/** Parses `web`, `deployment/web`, `prod/web` or `prod/deployment/web`. */
function chosenBy(given: string): Partial<Identity> & { readonly name: string } {
  const parts = given.split('/');
  const [name = '', type, namespace] = [...parts].reverse();
  const kind = type === undefined ? undefined : workloadKindOf(type);
  if (kind === undefined && parts.length === 2) return { name, namespace: type };
  return { name, namespace, ...(type !== undefined && { kind: kind ?? type }) };
}

/** Returns the manifests of one object each: of two with one name, kubectl applies the later one last. */
const lastOfEach = (all: readonly Manifest[]): Manifest[] => [
  ...new Map(all.map((each) => [identityOf(each).name === '?' ? each : titleOf(each), each])).values(),
];

/** Which of several workloads is meant. */
export interface Choice {
  /** `web`, `deployment/web` or `prod/deployment/web`; the kind can be any of kubectl's names for it. */
  readonly name?: string | undefined;
  readonly namespace?: string | undefined;
}

/** A workload, and all other documents of its file. */
export interface Documents {
  readonly workload: Manifest;
  readonly others: readonly Manifest[];
}

const titles = (list: readonly Manifest[]): string => list.map(titleOf).join(', ');

/** A chart's hooks are no part of its release. */
const isHook = ({ metadata }: Manifest): boolean =>
  isObject(metadata) && stringOf(metadata['annotations'], 'helm.sh/hook') !== undefined;

/**
 * Returns every workload in a file that the choice leaves, and what the file has that is not predicted.
 *
 * @param origin where the documents came from, for error messages
 * @throws InputError if there is no workload, or none that is chosen
 */
export function readWorkloads(
  yaml: string,
  origin: string,
  { name, namespace }: Choice = {},
): { readonly workloads: readonly Documents[]; readonly notPredicted: readonly string[] } {
  const all = parseManifests(yaml, origin);
  const workloads = lastOfEach(all.filter((each) => workloadKind(each) !== undefined));
  if (workloads.length === 0) throw new InputError(rendering(yaml, origin) ?? noWorkload(all, origin));
  const named: Partial<Identity> = name === undefined ? {} : chosenBy(name);
  const wanted = { ...named, namespace: named.namespace ?? namespace };
  const matching = workloads.filter((each) => {
    const is = identityOf(each);
    return (
      (wanted.name === undefined || wanted.name.toLowerCase() === is.name.toLowerCase()) &&
      (wanted.kind === undefined || wanted.kind.toLowerCase() === is.kind.toLowerCase()) &&
      (wanted.namespace === undefined || wanted.namespace === (is.namespace ?? wanted.namespace))
    );
  });
  const released = matching.filter((each) => !isHook(each));
  const chosen = name === undefined && released.length > 0 ? released : matching;
  if (chosen.length === 0) {
    throw new InputError(
      `${origin} has no ${[name ?? 'workload', ...(namespace === undefined ? [] : [`in namespace ${namespace}`])].join(' ')}, only ${titles(workloads)}`,
    );
  }
  return {
    workloads: chosen.map((workload) => ({ workload, others: all.filter((each) => each !== workload) })),
    notPredicted: [
      ...unpredictable(all),
      ...matching.filter((each) => !chosen.includes(each)).map((each) => `${titleOf(each)} (a Helm hook)`),
    ],
  };
}

/**
 * Returns the workload in a file of one or more YAML or JSON documents, and all other documents of the file.
 *
 * @param origin where the documents came from, for error messages
 * @throws InputError if there is no workload, or if there are several and the choice leaves not one
 */
export function readDocuments(yaml: string, origin: string, choice: Choice = {}): Documents {
  const { workloads } = readWorkloads(yaml, origin, choice);
  const [only, another] = workloads;
  if (only && !another) return only;
  throw new InputError(
    `${origin} has several workloads, choose one with --name: ${titles(workloads.map(({ workload }) => workload))}`,
  );
}

/** Returns the workload in a file, as `readDocuments` does. */
export const readManifest = (yaml: string, origin: string, choice?: Choice): Manifest =>
  readDocuments(yaml, origin, choice).workload;
