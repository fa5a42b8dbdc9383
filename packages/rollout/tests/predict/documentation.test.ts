import { check, predict } from '../../src/index.ts';

// after https://kubernetes.io/docs/concepts/workloads/controllers/deployment/
const nginx = `
apiVersion: apps/v1
kind: Deployment
metadata:
  name: nginx-deployment
  labels:
    app: nginx
spec:
  replicas: 3
  selector:
    matchLabels:
      app: nginx
  template:
    metadata:
      labels:
        app: nginx
    spec:
      containers:
      - name: nginx
        image: nginx:1.14.2
        ports:
        - containerPort: 80
`;

/** A Deployment as the API server returns it. */
const live = `
apiVersion: apps/v1
kind: Deployment
metadata:
  annotations: {deployment.kubernetes.io/revision: "1"}
  creationTimestamp: "2024-01-01T00:00:00Z"
  generation: 1
  name: shop
  namespace: prod
  resourceVersion: "1234"
  uid: 6c4a5e0c-0000-4000-8000-000000000000
  managedFields: [{manager: kubectl, operation: Update, fieldsV1: {"f:spec": {}}}]
spec:
  progressDeadlineSeconds: 600
  replicas: 4
  revisionHistoryLimit: 10
  selector: {matchLabels: {app: shop}}
  strategy: {rollingUpdate: {maxSurge: 25%, maxUnavailable: 25%}, type: RollingUpdate}
  template:
    metadata: {creationTimestamp: null, labels: {app: shop}}
    spec:
      containers:
      - image: shop:v1
        imagePullPolicy: IfNotPresent
        name: shop
        readinessProbe: {failureThreshold: 3, httpGet: {path: /, port: 80, scheme: HTTP}, periodSeconds: 10, successThreshold: 1, timeoutSeconds: 1}
        env: [{name: POD, valueFrom: {fieldRef: {fieldPath: metadata.name}}}]
        terminationMessagePath: /dev/termination-log
      dnsPolicy: ClusterFirst
      restartPolicy: Always
      schedulerName: default-scheduler
      securityContext: {}
      terminationGracePeriodSeconds: 30
status: {availableReplicas: 4, conditions: [], observedGeneration: 1, readyReplicas: 4, replicas: 4}
`;

test.each([
  ['the Deployment of the documentation', nginx, 'nginx:1.16.1', 3],
  ['a Deployment as kubectl get prints it', live, 'shop:v2', 4],
])('predicts a rolling update within the budget for %s', (_title, manifest, image, replicas) => {
  const timeline = predict(manifest, { image, load: 0 });
  expect(timeline.workload.replicas).toEqual({ before: replicas, after: replicas });
  expect(timeline.end.reason).toBe('settled');
  for (const situation of ['replaced', 'no-outage', 'within-budget', 'mixed-versions']) {
    // Now and then the ReplicaSet controller creates a new pod before it deletes an old one.
    expect(check(timeline, situation, { atLeast: 0.9 })).toMatchObject({ holds: true });
  }
});

test('uses the new strategy if the strategy and the image change together', () => {
  const set = ['spec.strategy.type=Recreate', 'spec.strategy.rollingUpdate=null'];
  expect(check(predict(live, { image: 'shop:v2', set, draws: 20 }), 'recreate').holds).toBe(true);
});
