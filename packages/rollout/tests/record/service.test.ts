import { text } from 'node:stream/consumers';
import { Cluster } from '../../src/record/cluster';
import { expose } from '../../src/record/service';
import { startLoad } from '../../src/record/load-run';
import type { Controller } from '../../src/record/objects';
import { apiServer } from './api-server';
import { controller } from './objects';

let requests: string[] = [];
let prefix = '';

/** It adds the end of a name itself. */
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
  return expose(cluster, workload, URL_TEMPLATE);
}

test('a Service for the load has a name of its own, and only what was made is deleted', async () => {
  const { url, remove } = await exposed('web');
  await remove();
  expect(url).toBe('http://127.0.0.1:30001/');
  expect(requests).toEqual([
    'POST /api/v1/namespaces/default/services?fieldManager=rollout',
    'DELETE /api/v1/namespaces/default/services/recorded-web-abcde',
  ]);
});

test.each(['shop.v2', '2nd-shop', 'x'.repeat(253), 'a.'.repeat(100) + 'a'])(
  'the name is legal for a Service, whatever the workload is called: %s',
  async (name) => {
    await exposed(name);
    expect(`${prefix}abcde`).toMatch(/^[a-z][-a-z0-9]{0,61}[a-z0-9]$/);
  },
);

/** The port of no service, and not the NodePort of one that may run here. */
const NOBODY = 'http://127.0.0.1:1/?{nodePort}';

test('a load that reaches none of the pods that are ready is refused, and its Service is taken away', async () => {
  const { cluster, workload } = await connected('web');
  const ready = { ...workload, status: { readyReplicas: 2 } };
  await expect(startLoad(cluster, ready, { url: NOBODY }, () => 0, 60)).rejects.toThrow(
    'http://127.0.0.1:1/?30001 does not answer, though pods of web are ready',
  );
  expect(requests.at(-1)).toContain('DELETE');
});

test.each([
  ['that are not ready yet', 0, { readinessProbe: {} }],
  ['that count as ready unasked', 2, {}],
])('a load may wait for pods %s', async (_which, readyReplicas, probes) => {
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
