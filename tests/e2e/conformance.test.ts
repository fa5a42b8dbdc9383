import { HTTP_PORT } from '../../constructs/image';
import { eventually, LOAD_URL } from '../kit/kubectl';
import { run } from '../kit/process';
import { appliedDist } from './applied-dist';

const namespace = appliedDist();
/** No other test deletes its pods. */
const INSTANCE = 'online-inference-deployment-blue-green';
const NAME = 'conformance';

// The first run installs the clients.
jest.setTimeout(600_000);

/** Creates a Service that programs on this machine can reach, and returns its URL. */
async function expose(): Promise<string> {
  await namespace.apply({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: NAME },
    spec: {
      type: 'NodePort',
      selector: { 'app.kubernetes.io/instance': INSTANCE },
      ports: [{ port: 80, targetPort: HTTP_PORT }],
    },
  });
  const { spec } = await namespace.get<{ spec: { clusterIP: string; ports: { nodePort: number }[] } }>(
    'service',
    NAME,
  );
  const values: Record<string, unknown> = { nodePort: spec.ports[0]?.nodePort, clusterIP: spec.clusterIP };
  return LOAD_URL.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name]));
}

afterAll(() => namespace.kubectl(['delete', 'service', NAME, '--wait=false']));

test("tritonclient's and KServe's claims about the protocol hold through a Service", async () => {
  const url = await expose();
  await eventually(`${url} answers`, 60, async () => (await fetch(new URL('/readyz', url))).ok);
  const { code, stdout } = await run('npm', [
    ...['run', '--silent', 'test:conformance', '--', new URL(url).host, 'heart-disease'],
    ...['--patients', 'packages/service/model/examples.json'],
  ]);
  console.log(stdout);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^\d\d passed, 0 failed, 0 skipped$/m);
});
