import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import type { Release } from '@online-inference/cdk8s-helm';
import { imageOf } from './parts/image';
import { testLabels } from './parts/objects';
import type { ServiceValues } from './parts/values';
import * as k8s from '../../imports/k8s';

/** Asks for a prediction until there is one, for half a minute; a Service needs a moment to learn of its pods. */
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

/** What `helm test` runs: a pod that asks the Service for a real prediction, with the service's own image. */
export class OnlineInferenceTest extends Chart {
  constructor(scope: Construct, values: ServiceValues, release: Release) {
    super(scope, 'online-inference-test', { labels: testLabels(release), disableResourceNameHashes: true });
    const { exampleQuery, image, podSecurityContext, service } = values;
    new k8s.KubePod(this, 'pod', {
      metadata: {
        name: `${release.fullname}-test`,
        annotations: {
          'helm.sh/hook': 'test',
          // One that succeeded goes, as `helm uninstall` leaves hooks where they are; one that failed has a log.
          'helm.sh/hook-delete-policy': 'before-hook-creation,hook-succeeded',
        },
      },
      spec: {
        restartPolicy: 'Never',
        // Of a long name Kubernetes makes a host name by cutting it, which would be the Service's own, and stand for
        // this pod in its /etc/hosts. A Service's name cannot begin with a digit.
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
