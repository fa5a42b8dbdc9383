import type { Manifest } from '../manifest/documents.ts';
import { titleOf } from '../manifest/surroundings.ts';
import { listed, objectAt, objectsOf, podSpecOf, type Context } from './context.ts';

function claims(context: Context): string[] {
  const { before, after, surroundings, capacity } = context;
  const { path } = podSpecOf(context);
  const names = [before, after].flatMap(({ template }) => template.placement.claims);
  return [...new Set(names)].flatMap((name) => {
    const modes = surroundings.claimModes.get(name);
    const mode = modes?.[0] ?? 'ReadWriteOnce';
    if (mode === 'ReadWriteOncePod' || modes?.some((each) => each.endsWith('Many'))) return [];
    const found = modes ? mode : 'not in the file, taken as ReadWriteOnce';
    const [here, there] = [
      'on the same node both pods mount it',
      'on another node a pod waits (Multi-Attach, ContainerCreating) until no pod has it',
    ];
    const predicted =
      Object.keys(capacity).length === 0
        ? `${there}, as predicted; ${here}: --capacity nodes=1 predicts that`
        : `${here}; ${there}`;
    return [
      `${path}.volumes, claim ${name} (${found}): ${predicted}; how long it takes to attach is not known`,
    ];
  });
}

function gates(context: Context): string[] {
  const { readinessGates } = context.after.template;
  if (readinessGates.length === 0) return [];
  const { path } = podSpecOf(context);
  const when = context.gateGiven
    ? 'predicted at the time given with --gate'
    : 'none is known, so new pods are predicted never to be ready; --gate new=SECONDS says when';
  return [
    `${path}.readinessGates (${listed(readinessGates)}): a pod is not ready until a controller sets this condition; ${when}`,
  ];
}

/** Returns the objects that containers cannot start without, as `Kind/name`. */
function references(fields: Manifest): string[] {
  const needed = (kind: string, reference: Manifest, key = 'name'): string[] => {
    const name = reference[key];
    return typeof name === 'string' && reference['optional'] !== true ? [`${kind}/${name}`] : [];
  };
  const containers = [...objectsOf(fields['containers']), ...objectsOf(fields['initContainers'])];
  const volumes = objectsOf(fields['volumes']);
  const sources = [
    ...volumes,
    ...volumes.flatMap((each) => objectsOf(objectAt(each, 'projected')['sources'])),
  ];
  const { serviceAccountName } = fields;
  return [
    ...sources.flatMap((each) => [
      ...needed('ConfigMap', objectAt(each, 'configMap')),
      ...needed('Secret', objectAt(each, 'secret'), each['name'] === undefined ? 'name' : 'secretName'),
    ]),
    ...containers.flatMap((each) => [
      ...objectsOf(each['envFrom']).flatMap((from) => [
        ...needed('ConfigMap', objectAt(from, 'configMapRef')),
        ...needed('Secret', objectAt(from, 'secretRef')),
      ]),
      ...objectsOf(each['env']).flatMap((from) => [
        ...needed('ConfigMap', objectAt(from, 'valueFrom', 'configMapKeyRef')),
        ...needed('Secret', objectAt(from, 'valueFrom', 'secretKeyRef')),
      ]),
    ]),
    ...(typeof serviceAccountName === 'string' && serviceAccountName !== 'default'
      ? [`ServiceAccount/${serviceAccountName}`]
      : []),
  ];
}

function missing(context: Context): string[] {
  const { path, fields } = podSpecOf(context);
  const present = new Set(context.surroundings.documents.map(titleOf));
  const names = references(fields).filter((name) => !present.has(name));
  return names.length > 0
    ? [`${path}: ${listed(names)} not in the file, assumed to exist; without them no pod starts`]
    : [];
}

/** Volumes that are always there, or that another rule names. */
const harmless =
  /^(name|emptyDir|configMap|secret|projected|downwardAPI|persistentVolumeClaim|ephemeral|hostPath)$/;

/** Returns whether a hostPath volume needs something that is not on each node. */
const needsPath = ({ type }: Manifest): boolean =>
  typeof type === 'string' && type !== '' && !type.endsWith('OrCreate');

function volumes(context: Context): string[] {
  const { path, fields } = podSpecOf(context);
  const kinds = objectsOf(fields['volumes']).flatMap((each) =>
    Object.keys(each).filter(
      (key) => !harmless.test(key) || (key === 'hostPath' && needsPath(objectAt(each, key))),
    ),
  );
  return kinds.length > 0
    ? [`${path}.volumes (${listed(kinds)}): assumed to mount at once, on any node`]
    : [];
}

function containerFields(context: Context): string[] {
  const { path, fields } = podSpecOf(context);
  const containers = objectsOf(fields['containers']);
  const names = [
    ...containers.flatMap((each) =>
      ['restartPolicy', 'restartPolicyRules'].filter((key) => each[key] !== undefined),
    ),
    ...containers
      .filter((each) => objectAt(each, 'lifecycle')['stopSignal'] !== undefined)
      .map(() => 'lifecycle.stopSignal'),
  ];
  return names.length > 0 ? [`${path}.containers (${listed(names)}): not modelled`] : [];
}

/** Returns what can keep pods from running and is not modelled. */
export function runningNotModelled(context: Context): string[] {
  const { before, after, pullGiven } = context;
  const { path } = podSpecOf(context);
  const images = (of: typeof before): string[] => of.template.containers.map(({ image }) => image);
  const newImages = images(after).filter((image) => !images(before).includes(image));
  return [
    ...(after.kind === 'Pod'
      ? []
      : [...claims(context), ...gates(context), ...missing(context), ...volumes(context)]),
    ...containerFields(context),
    ...(newImages.length > 0 && !pullGiven
      ? [
          `${path}.containers.image: ${listed(newImages)} is assumed to be on the nodes${after.kind === 'Pod' ? '' : '; --pull new=60 gives the time of a pull, --pull new=never one that fails'}`,
        ]
      : []),
  ];
}
