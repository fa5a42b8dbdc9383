import { HelmChart, releaseValues, when, type Release, type ValuesOf } from '@online-inference/cdk8s-helm';
import { Type } from '@sinclair/typebox';
import { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';

const values = Type.Object({
  ...releaseValues, // nameOverride, fullnameOverride, commonLabels
  image: Type.String({ default: 'nginx:1.25', description: 'image of the pod' }),
  hostNetwork: Type.Boolean({ default: false, description: 'use the network of the node' }),
  nodeSelector: Type.Record(Type.String(), Type.String(), { default: {}, description: 'node labels' }),
});

class Web extends Chart {
  constructor(scope: Construct, v: ValuesOf<typeof values>, release: Release) {
    super(scope, 'web', { labels: release.labels });
    new k8s.KubePod(this, 'pod', {
      metadata: { name: release.fullname },
      spec: {
        containers: [{ name: 'web', image: v.image }],
        nodeSelector: v.nodeSelector,
        ...when(v.hostNetwork, { hostNetwork: true }),
      },
    });
  }
}

export const files = new HelmChart({
  name: 'web',
  version: '1.0.0',
  appVersion: '1.25',
  description: 'A web server',
  values,
  make: (scope, v, release) => new Web(scope, v, release),
}).render(); // a Map of path to content
