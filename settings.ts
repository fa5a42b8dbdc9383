import { declarations as serviceDeclarations } from '@online-inference/service/settings';
import { Type, type Static } from '@sinclair/typebox';

const service = serviceDeclarations.properties;

const tag = (options: { default: string; description: string }) =>
  Type.String({
    pattern: '^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$',
    title: 'an image tag such as v1',
    ...options,
  });

const digest = (description: string) =>
  Type.String({
    default: '',
    pattern: '^(sha256:[0-9a-f]{64})?$',
    title: 'an image digest, sha256: and 64 hexadecimal digits, or empty',
    description,
  });

/**
 * What a user may change without touching a chart. Each is overridden by the environment
 * variable of its name: `imageRepository` by `IMAGE_REPOSITORY`.
 */
export const declarations = Type.Object({
  imageRepository: Type.String({
    default: 'mivankin/ml_prod_hw2',
    pattern: '^([a-z0-9.-]+(:\\d+)?/)?[a-z0-9]+([._-]+[a-z0-9]+)*(/[a-z0-9]+([._-]+[a-z0-9]+)*)*$',
    maxLength: 255,
    title: 'an image repository such as docker.io/you/online-inference, without a tag',
    description: 'repository of the image that every pod runs',
  }),
  steadyTag: tag({ default: 'v1', description: 'tag of the image that is healthy from the start' }),
  steadyDigest: digest(
    'digest of that image in its registry: what runs, whatever the tag beside it leads to by then',
  ),
  demoTag: tag({
    default: 'v2',
    description: 'tag of the image that starts late and crashes after some minutes',
  }),
  demoDigest: digest('the same for the demo image'),
  replicas: Type.Integer({
    default: 3,
    minimum: 2,
    maximum: 100,
    description:
      'pods of the ReplicaSet and of each Deployment; a rolling update of one pod would be an outage',
  }),
  latestStartSeconds: Type.Integer({
    default: 30,
    minimum: 1,
    maximum: 300,
    description: 'the latest that the demo image starts to answer, which probes must bear',
  }),
  readySpreadSeconds: Type.Integer({
    default: 10,
    minimum: 0,
    maximum: 300,
    description: 'seconds between the first and the last of the new pods to become ready, at the most',
  }),
  logLevel: service.logLevel,
  decisionThreshold: service.decisionThreshold,
  // whole seconds, as a pod's terminationGracePeriodSeconds has to exceed it
  drainDelaySeconds: Type.Integer({ ...service.drainDelaySeconds, type: 'integer', maximum: 300 }),
});

export type Settings = Readonly<Static<typeof declarations>>;

/** The image that is healthy from the start. */
export function steadyImage({ imageRepository, steadyTag, steadyDigest }: Settings): string {
  return reference(imageRepository, steadyTag, steadyDigest);
}

/** The same program with a late start and a crash built in. */
export function demoImage({ imageRepository, demoTag, demoDigest }: Settings): string {
  return reference(imageRepository, demoTag, demoDigest);
}

/**
 * With both, the digest decides what is pulled, and the tag tells people what it was.
 *
 * @see https://kubernetes.io/docs/concepts/containers/images/#image-names
 */
function reference(repository: string, imageTag: string, imageDigest: string): string {
  return `${repository}:${imageTag}${imageDigest && `@${imageDigest}`}`;
}
