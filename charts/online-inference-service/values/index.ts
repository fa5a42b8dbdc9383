import { Type, type TSchema } from '@sinclair/typebox';
import examples from '../../../packages/service/model/examples.json';
import { releaseValues } from '@online-inference/cdk8s-helm';
import type * as k8s from '../../../imports/k8s';
import { declarations, type Settings } from '../../../settings';
import { availability } from './availability';
import { group, list, oneOf, share, whole } from './kinds';
import { pods } from './pods';
import { traffic } from './traffic';

/** A declaration with the user's setting as its default, and with words of its own where those are about more. */
function set<S extends TSchema>(declaration: S, value: unknown, description = declaration.description): S {
  return { ...declaration, default: value, description };
}

/** The first of the packaged model's examples, as a query. */
function packagedExample(): string {
  const features = Object.entries(examples[0]?.patient ?? {});
  return features.map(([name, value]) => `${name}=${value}`).join('&');
}

function declare(settings: Settings) {
  const { imageRepository, steadyTag, steadyDigest, replicas, ...declared } = declarations.properties;
  return Type.Object({
    image: group('The image that the pods run', {
      repository: set(imageRepository, settings.imageRepository),
      tag: Type.String({
        default: '',
        pattern: `^(${steadyTag.pattern?.slice(1, -1) ?? ''})?$`,
        title: 'an image tag such as v1, or empty',
        description: "tag of the image; empty is the chart's appVersion",
      }),
      digest: set(
        steadyDigest,
        settings.steadyDigest,
        'digest of the image in its registry: what runs, whatever the tag beside it leads to',
      ),
      pullPolicy: oneOf(['IfNotPresent', 'Always', 'Never'], {
        default: 'IfNotPresent',
        description: 'when a node pulls the image',
      }),
    }),
    imagePullSecrets: list<k8s.LocalObjectReference>(
      'Secrets that the image is pulled with, each with a `name`',
    ),
    ...releaseValues,
    replicaCount: set(
      { ...replicas, minimum: 1 },
      settings.replicas,
      'Pods, unless an autoscaler owns their number',
    ),
    config: group('What the service itself reads; a change rolls the pods', {
      logLevel: set(declared.logLevel, settings.logLevel),
      decisionThreshold: set(declared.decisionThreshold, settings.decisionThreshold),
      drainDelaySeconds: set(declared.drainDelaySeconds, settings.drainDelaySeconds),
    }),
    exampleQuery: Type.String({
      default: packagedExample(),
      pattern: '^[A-Za-z0-9._~%&=+-]+$',
      title: 'a query such as age=63&sex=1',
      description:
        "A prediction that the image's model can make: `helm test` asks for it, and NOTES.txt shows it",
    }),
    closeSeconds: whole({
      default: 24,
      minimum: 1,
      maximum: 3600,
      description:
        'How long a pod may take to end after the drain delay, until it is killed; the service gives requests in flight 10 s of it',
    }),
    latestStartSeconds: set(
      declared.latestStartSeconds,
      settings.latestStartSeconds,
      'The latest that the image is known to answer after its start; the startup probe bears twice that',
    ),
    strategy: group('What a rollout passes through', {
      type: oneOf(['rolling', 'blue-green', 'free'], {
        default: 'rolling',
        description:
          'rolling: old pods go while new ones come; blue-green: a moment with all old and all new pods ready; free: as `free` says, without a guarantee',
      }),
      maxSurge: share({ default: 1, description: 'of rolling: pods that may exist beyond the replicas' }),
      maxUnavailable: share({ default: 1, description: 'of rolling: replicas that may be missing' }),
      readySpreadSeconds: set(
        declared.readySpreadSeconds,
        settings.readySpreadSeconds,
        'of blue-green: seconds between the first and the last of the new pods to become ready, at the most',
      ),
      overlapSeconds: whole({
        default: 20,
        minimum: 1,
        maximum: 300,
        description: 'of blue-green: how long all old and all new pods stay ready together, at the least',
      }),
      minReadySeconds: whole({
        default: 0,
        minimum: 0,
        maximum: 3600,
        description: 'of rolling and free: how long a new pod must be ready to count as available',
      }),
      free: Type.Unsafe<k8s.DeploymentStrategy>({
        type: 'object',
        default: { type: 'RollingUpdate' },
        properties: { type: { enum: ['RollingUpdate', 'Recreate'] }, rollingUpdate: { type: 'object' } },
        required: ['type'],
        description: "of free: a Deployment's own `strategy`",
      }),
    }),
    progressDeadlineSeconds: whole({
      default: 600,
      minimum: 1,
      maximum: 86_400,
      description: 'How long a rollout may make no progress until it is reported as failed',
    }),
    ...pods,
    ...traffic,
    ...availability,
  });
}

/** The schema of the values of the bonus chart. */
export type ChartValues = ReturnType<typeof declare>;

/**
 * What a user of the Helm chart may change. What the plain app has as a setting, too, is the same
 * declaration, with the setting's value as its default.
 */
export function chartValues(settings: Settings): ChartValues {
  return declare(settings);
}
