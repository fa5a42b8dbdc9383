import type { Release } from '@online-inference/cdk8s-helm';
import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { SERVICE_NAME } from '../../constructs/image';
import * as k8s from '../../imports/k8s';
import { imageOf } from './deployment';
import type { ServiceValues } from './values';

const NAME = `${SERVICE_NAME}-test`;

/** Requests a prediction once a second, at most 31 times: a new Service needs a moment to learn its endpoints. */
const SCRIPT = `
const [, url] = process.argv;
const ask = async (left) => {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(5000) });
    const { label, probability } = await answer.json();
    if (answer.status !== 200 || ![0, 1].includes(label) || !(probability >= 0 && probability <= 1)) {
      throw new Error('status ' + answer.status + ', label ' + label + ', probability ' + probability);
    }
    console.log('label ' + label + ', probability ' + probability);
  } catch (error) {
    if (left === 0) throw error;
    await new Promise((next) => setTimeout(next, 1000));
    await ask(left - 1);
  }
};
ask(30).catch((error) => { console.error(error); process.exitCode = 1; });
`.trim();

/** Returns the labels of the pod that `helm test` creates. The Service must not select that pod. */
export function testLabels(release: Release): Record<string, string> {
  return { 'app.kubernetes.io/name': NAME, 'app.kubernetes.io/instance': release.name };
}

/** The pod that `helm test` creates. It requests a real prediction from the Service, with the service's own image. */
export class OnlineInferenceTest extends Chart {
  constructor(scope: Construct, values: ServiceValues, release: Release) {
    super(scope, NAME, { labels: testLabels(release), disableResourceNameHashes: true });
    const { exampleQuery, image, podSecurityContext, service } = values;
    new k8s.KubePod(this, 'pod', {
      metadata: {
        name: `${release.fullname}-test`,
        annotations: {
          'helm.sh/hook': 'test',
          // `helm uninstall` does not delete hooks, so a successful pod deletes itself. A failed pod keeps its log.
          'helm.sh/hook-delete-policy': 'before-hook-creation,hook-succeeded',
        },
      },
      spec: {
        restartPolicy: 'Never',
        // Kubernetes truncates long pod names to a hostname. That would equal the Service's name, so the pod would
        // resolve the Service to itself. A Service's name cannot begin with a digit.
        hostname: '1-helm-test',
        automountServiceAccountToken: false,
        securityContext: {
          runAsNonRoot: true,
          runAsUser: podSecurityContext.runAsUser,
          runAsGroup: podSecurityContext.runAsGroup,
          seccompProfile: { type: 'RuntimeDefault' },
        },
        containers: [
          {
            name: 'predict',
            image: imageOf(values, release),
            imagePullPolicy: image.pullPolicy,
            command: ['/nodejs/bin/node', '-e', SCRIPT],
            args: [`http://${release.fullname}:${service.port}/predict?${exampleQuery}`],
            resources: {
              requests: { cpu: k8s.Quantity.fromString('50m'), memory: k8s.Quantity.fromString('64Mi') },
              limits: { cpu: k8s.Quantity.fromString('500m'), memory: k8s.Quantity.fromString('128Mi') },
            },
            securityContext: {
              allowPrivilegeEscalation: false,
              capabilities: { drop: ['ALL'] },
              readOnlyRootFilesystem: true,
            },
          },
        ],
      },
    });
  }
}
