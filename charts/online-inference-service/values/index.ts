import { releaseValues, type ValuesOf } from '@online-inference/cdk8s-helm';
import examples from '@online-inference/service/model/examples.json';
import { Type } from '@sinclair/typebox';
import type * as k8s from '../../../imports/k8s';
import { declarations, type Settings } from '../../../settings';
import { availability } from './availability';
import { group, integer, list, oneOf, withDefault } from './kinds';
import { pods } from './pods';
import { strategy } from './strategy';
import { traffic } from './traffic';

const declared = declarations.properties;

/** Query of the packaged model's first example patient. */
function exampleQuery(): string {
  const features = Object.entries(examples[0]?.patient ?? {});
  return features.map(([name, value]) => `${name}=${value}`).join('&');
}

function image(settings: Settings) {
  return group('Image of the pods', {
    repository: withDefault(declared.imageRepository, settings.imageRepository, 'repository of the image'),
    tag: Type.String({
      default: '',
      pattern: `^(${declared.steadyTag.pattern?.slice(1, -1) ?? ''})?$`,
      title: 'an image tag such as v1, or empty',
      description: "tag of the image; empty selects the chart's appVersion",
    }),
    digest: withDefault(
      declared.steadyDigest,
      settings.steadyDigest,
      'digest of the image in its registry; a digest determines what runs, and the tag is then only information',
    ),
    pullPolicy: oneOf(['IfNotPresent', 'Always', 'Never'], {
      default: 'IfNotPresent',
      description: 'when a node pulls the image',
    }),
  });
}

function config(settings: Settings) {
  return group('Settings of the service; a change replaces the pods', {
    logLevel: withDefault(declared.logLevel, settings.logLevel),
    decisionThreshold: withDefault(declared.decisionThreshold, settings.decisionThreshold),
    drainDelaySeconds: withDefault(declared.drainDelaySeconds, settings.drainDelaySeconds),
  });
}

function declare(settings: Settings) {
  return Type.Object({
    image: image(settings),
    imagePullSecrets: list<k8s.LocalObjectReference>('Secrets to pull the image with, each with a `name`'),
    ...releaseValues,
    replicaCount: withDefault(
      { ...declared.replicas, minimum: 1 },
      settings.replicas,
      'Number of pods; unused when `autoscaling.enabled` is true',
    ),
    config: config(settings),
    exampleQuery: Type.String({
      default: exampleQuery(),
      pattern: '^[A-Za-z0-9._~%&=+-]+$',
      title: 'a query such as age=63&sex=1',
      description:
        "Query of a prediction that the image's model can make; `helm test` requests it, and NOTES.txt shows it",
    }),
    closeSeconds: integer({
      default: 24,
      minimum: 1,
      maximum: 3600,
      description:
        'Seconds from the end of the drain delay to the kill of a pod that has not ended; requests in flight get 10 s of them',
    }),
    latestStartSeconds: withDefault(
      declared.latestStartSeconds,
      settings.latestStartSeconds,
      'Longest known time, in seconds, from the start of the image to its first answer; the startup probe allows twice that',
    ),
    strategy: strategy(settings),
    progressDeadlineSeconds: integer({
      default: 600,
      minimum: 1,
      maximum: 86_400,
      description: 'Seconds without progress after which Kubernetes reports a rollout as failed',
    }),
    ...pods,
    ...traffic,
    ...availability,
  });
}

/** Schema of the bonus chart's values. */
export type ChartValues = ReturnType<typeof declare>;

/** The bonus chart's values, or references to them. */
export type ServiceValues = ValuesOf<ChartValues>;

/**
 * Returns the schema of the Helm chart's values. A value that is also a setting of the app shares its declaration, and
 * has the setting's value as its default.
 */
export function chartValues(settings: Settings): ChartValues {
  return declare(settings);
}
