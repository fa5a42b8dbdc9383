import { clients, conformance } from '../conformance/run';
import { eventually } from '../kit/kubectl';
import { appliedDist } from '../kit/namespace';

const namespace = appliedDist();
/** No other test deletes its pods. */
const INSTANCE = 'online-inference-deployment-blue-green';
const NAME = 'conformance';
const URL_TEMPLATE = process.env['LOAD_URL'] ?? 'http://127.0.0.1:{nodePort}/';

// a first run fetches the clients
jest.setTimeout(600_000);

/** A Service that the clients, which are programs of this machine, can reach. */
async function expose(): Promise<string> {
  await namespace.apply({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: NAME },
    spec: {
      type: 'NodePort',
      selector: { 'app.kubernetes.io/instance': INSTANCE },
      ports: [{ port: 80, targetPort: 8000 }],
    },
  });
  const { spec } = await namespace.get<{ spec: { clusterIP: string; ports: { nodePort: number }[] } }>(
    'service',
    NAME,
  );
  const values: Record<string, unknown> = { nodePort: spec.ports[0]?.nodePort, clusterIP: spec.clusterIP };
  return URL_TEMPLATE.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name]));
}

afterAll(() => namespace.kubectl(['delete', 'service', NAME, '--wait=false']));

test('tritonclient and KServe’s client are answered as the Open Inference Protocol says, through a Service', async () => {
  await clients();
  const url = await expose();
  await eventually(`${url} answers`, 30, async () => (await fetch(new URL('/readyz', url))).ok);
  const patients = ['--patients', 'packages/service/model/examples.json'];
  const { code, output } = await conformance(
    [new URL(url).host, 'heart-disease', ...patients],
    () => undefined,
  );
  console.log(output);
  expect(code).toBe(0);
  expect(output).toMatch(/^\d\d passed, 0 failed, 0 skipped$/m);
});
