import { check, predictOnce } from '../../src/index.ts';

const image = 'web:v2';

describe('a Service of the file', () => {
  const file = (selector: string, more = ''): string => `
apiVersion: v1
kind: Service
metadata: {name: front}
spec: {selector: {${selector}}, ports: [{port: 80}]${more}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  strategy: {rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web, version: one}}
    spec: {containers: [{name: web, image: "web:v1", readinessProbe: {periodSeconds: 1, exec: {command: [x]}}}]}
`;
  const behaviour = { drain: 6, startDelay: { new: 10 } };
  const relabelled = { image, behaviour, set: ['spec.template.metadata.labels.version=two'] };

  test('is the one that requests are sent to', () => {
    expect(predictOnce(file('app: web'), relabelled).load).toMatchObject({ url: 'http://front/', failed: 0 });
  });

  test('that selects a label of the old version has no pod after the rollout', () => {
    const drawn = predictOnce(file('app: web, version: one'), relabelled);
    expect(check(drawn, 'no-outage')).toMatchObject({ holds: false });
    expect(check(drawn, 'full-strength').holds).toBe(true);
  });

  test('with publishNotReadyAddresses sends to pods that do not answer yet', () => {
    const drawn = predictOnce(file('app: web', ', publishNotReadyAddresses: true'), { image, behaviour });
    expect(drawn.load?.failed).toBeGreaterThan(50);
    expect(check(drawn, 'answering').holds).toBe(true);
  });

  test('with fields that are not modelled is named', () => {
    const { prediction } = predictOnce(file('app: web', ', sessionAffinity: ClientIP, clusterIP: None'), {
      image,
    });
    const why =
      'Service/front: not modelled: clusterIP None (clients choose a pod by DNS) and sessionAffinity';
    expect(prediction?.notModelled).toContain(why);
  });
});
