import { json } from 'node:stream/consumers';
import { Cluster } from '../../src/record/cluster';
import { makeChange } from '../../src/record/make-change';
import { apiServer } from './api-server';
import { controller } from './kubernetes-objects';

const PATH = '/apis/apps/v1/namespaces/default/deployments/web';
let patches: unknown[] = [];
/** How many patches come too late. */
let conflicts = 0;

/** An API server with one Deployment, which someone else may change. */
const { kubeconfig } = apiServer((request, response) => {
  const send = (status: number, body: object): void => {
    response.writeHead(status).end(JSON.stringify(body));
  };
  if (request.method !== 'PATCH' || request.url !== `${PATH}?fieldManager=rollout`) {
    send(200, controller({ generation: 1 + patches.length }));
    return;
  }
  void json(request).then((patch) => {
    patches.push(patch);
    if (conflicts-- > 0) send(409, { kind: 'Status', message: 'the object has been modified' });
    else send(200, controller({ generation: 9, replicas: 3 }));
  });
});
beforeEach(() => {
  [patches, conflicts] = [[], 0];
});

const change = async (request: { replicas: number }) =>
  makeChange(
    await Cluster.connect({ kubeconfig: kubeconfig() }),
    { kind: 'Deployment', name: 'web' },
    request,
  );

const patchOf = (generation: number): unknown => [
  { op: 'test', path: '/metadata/generation', value: generation },
  { op: 'replace', path: '/spec/replicas', value: 3 },
];

test('makeChange patches only what differs, and only the generation that it has read', async () => {
  const { result } = await change({ replicas: 3 });
  expect(patches).toEqual([patchOf(1)]);
  expect(result.metadata.generation).toBe(9);
});

test('makeChange reads again and retries if someone else changed the workload', async () => {
  conflicts = 2;
  await change({ replicas: 3 });
  expect(patches).toEqual([patchOf(1), patchOf(2), patchOf(3)]);
});

test('makeChange sends nothing if nothing differs', async () => {
  const { result } = await change({ replicas: 2 });
  expect(patches).toEqual([]);
  expect(result.metadata.name).toBe('web');
});
