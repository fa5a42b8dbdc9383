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
 * Settings that a user may change without editing a chart. Each has an environment variable of the same name:
 * `IMAGE_REPOSITORY` sets `imageRepository`.
 */
export const declarations = Type.Object({
  imageRepository: Type.String({
    default: 'mivankin/ml_prod_hw2',
    pattern: '^([a-z0-9.-]+(:\\d+)?/)?[a-z0-9]+([._-]+[a-z0-9]+)*(/[a-z0-9]+([._-]+[a-z0-9]+)*)*$',
    maxLength: 255,
    title: 'an image repository such as docker.io/you/online-inference, without a tag',
    description: 'repository of the image that every pod runs',
  }),
  steadyTag: tag({
    default: 'v1',
    description: 'tag of the steady image, which is healthy from the start',
  }),
  steadyDigest: digest(
    'digest of the steady image in its registry; a digest determines what runs, and the tag is then only information',
  ),
  demoTag: tag({
    default: 'v2',
    description: 'tag of the demo image, which starts late and crashes after some minutes',
  }),
  demoDigest: digest('digest of the demo image in its registry'),
  replicas: Type.Integer({
    default: 3,
    minimum: 2,
    maximum: 100,
    description:
      'pods of the ReplicaSet and of each Deployment; a rolling update of a single pod would be an outage',
  }),
  latestStartSeconds: Type.Integer({
    default: 30,
    minimum: 1,
    maximum: 300,
    description:
      'seconds until the demo image first answers; the startup probe waits this long, with a margin',
  }),
  readySpreadSeconds: Type.Integer({
    default: 10,
    minimum: 0,
    maximum: 300,
    description: 'longest time, in seconds, between the first and the last new pod becoming ready',
  }),
  logLevel: service.logLevel,
  decisionThreshold: service.decisionThreshold,
  // an integer, because a pod's terminationGracePeriodSeconds is the sum of this and other seconds
  drainDelaySeconds: Type.Integer({ ...service.drainDelaySeconds, type: 'integer', maximum: 300 }),
});

/** Values of the app's settings. */
export type Settings = Readonly<Static<typeof declarations>>;

/** Returns the reference of the steady image, which is healthy from the start. */
export function steadyImage({ imageRepository, steadyTag, steadyDigest }: Settings): string {
  return reference(imageRepository, steadyTag, steadyDigest);
}

/** Returns the reference of the demo image: the same program with a late start and a crash built in. */
export function demoImage({ imageRepository, demoTag, demoDigest }: Settings): string {
  return reference(imageRepository, demoTag, demoDigest);
}

/**
 * Returns an image reference. With a digest, the container runtime ignores the tag.
 *
 * @see https://kubernetes.io/docs/concepts/containers/images/#image-names
 */
function reference(repository: string, imageTag: string, imageDigest: string): string {
  return `${repository}:${imageTag}${imageDigest && `@${imageDigest}`}`;
}
