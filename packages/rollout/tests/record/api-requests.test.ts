import { json, text } from 'node:stream/consumers';
import { Cluster } from '../../src/record/cluster.ts';
import { makeChange } from '../../src/record/make-change.ts';
import { apiServer } from './api-server.ts';
import { controller } from './kubernetes-objects.ts';
import { exposeWorkload } from '../../src/record/load-service.ts';
import { startLoad } from '../../src/record/load-run.ts';
import type { Controller } from '../../src/record/api-objects.ts';

describe('makeChange', () => {
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
});

describe('the Service of a load', () => {
  let requests: string[] = [];
  let prefix = '';

  /** An API server that completes generated names. */
  const { kubeconfig } = apiServer((request, response) => {
    void text(request).then((body) => {
      requests.push(`${request.method ?? ''} ${request.url ?? ''}`);
      if (request.method === 'POST') {
        const { metadata } = JSON.parse(body) as { metadata: { generateName: string } };
        prefix = metadata.generateName;
      }
      const spec = { clusterIP: '10.0.0.1', ports: [{ nodePort: 30001 }] };
      response.end(JSON.stringify({ metadata: { name: `${prefix}abcde`, uid: '1' }, spec }));
    });
  });
  beforeEach(() => {
    requests = [];
  });

  const URL_TEMPLATE = 'http://127.0.0.1:{nodePort}/';

  async function connected(
    name: string,
    probes: object = { readinessProbe: {} },
  ): Promise<{ cluster: Cluster; workload: Controller }> {
    const web = controller({ name });
    const containers = [{ name: 'web', image: 'web', ports: [{ containerPort: 8080 }], ...probes }];
    const template = { ...web.spec.template, spec: { containers } };
    const workload = { ...web, spec: { ...web.spec, template } };
    return { cluster: await Cluster.connect({ kubeconfig: kubeconfig() }), workload };
  }

  async function exposed(
    name: string,
  ): Promise<{ readonly url: string; readonly remove: () => Promise<void> }> {
    const { cluster, workload } = await connected(name);
    return exposeWorkload(cluster, workload, URL_TEMPLATE);
  }

  test('the Service has a generated name, and only this Service is deleted', async () => {
    const { url, remove } = await exposed('web');
    await remove();
    expect(url).toBe('http://127.0.0.1:30001/');
    expect(requests).toEqual([
      'POST /api/v1/namespaces/default/services?fieldManager=rollout',
      'DELETE /api/v1/namespaces/default/services/recorded-web-abcde',
    ]);
  });

  test.each(['shop.v2', '2nd-shop', 'x'.repeat(253), 'a.'.repeat(100) + 'a'])(
    'the name of the Service is valid for a workload named %s',
    async (name) => {
      await exposed(name);
      expect(`${prefix}abcde`).toMatch(/^[a-z][-a-z0-9]{0,61}[a-z0-9]$/);
    },
  );

  /** A port where nothing listens. It is not the NodePort, which another cluster on this machine may use. */
  const NOBODY = 'http://127.0.0.1:1/?{nodePort}';

  test('load is rejected if the Service does not answer although pods are ready, and the Service is deleted', async () => {
    const { cluster, workload } = await connected('web');
    const ready = { ...workload, status: { readyReplicas: 2 } };
    await expect(startLoad(cluster, ready, { url: NOBODY }, () => 0, 60)).rejects.toThrow(
      'http://127.0.0.1:1/?30001 does not answer, although pods of web are ready',
    );
    expect(requests.at(-1)).toContain('DELETE');
  });

  test.each([
    ['are not ready yet', 0, { readinessProbe: {} }],
    ['have no readiness probe', 2, {}],
  ])('load starts without an answer if pods %s', async (_which, readyReplicas, probes) => {
    const { cluster, workload } = await connected('web', probes);
    const run = await startLoad(
      cluster,
      { ...workload, status: { readyReplicas } },
      { url: NOBODY },
      () => 0,
      60,
    );
    await run.stop();
    expect(requests.at(-1)).toContain('DELETE');
  });
});
