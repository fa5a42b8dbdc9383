import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { checkWritable } from '../../src/commands/record/save.ts';
import { rollout, type Outcome } from '../run.ts';
import { apiServer } from '../record/api-server.ts';
import { controller } from '../record/kubernetes-objects.ts';

let patched: string[] = [];
let onWatch = (): void => undefined;

/** An API server with one Deployment, whose changes it rejects. */
const { folder, kubeconfig } = apiServer(({ method = '', url = '' }, response) => {
  const send = (status: number, body: object): void =>
    void response.writeHead(status).end(JSON.stringify(body));
  if (method === 'PATCH') {
    patched.push(url);
    send(422, { kind: 'Status', message: 'Deployment "web" is invalid: spec.replicas is bad' });
  } else if (url.endsWith('/deployments/web')) send(200, controller());
  else if (url.endsWith('/deployments/secret')) send(403, { kind: 'Status', message: 'forbidden' });
  else if (url === '/version') send(200, { gitVersion: 'v1.27.4' });
  else if (/\/deployments\/|\/pods\//.test(url)) send(404, { kind: 'Status', message: 'not found' });
  else if (url.includes('watch=true')) {
    onWatch();
    response.writeHead(200).flushHeaders();
  } else send(200, { metadata: { resourceVersion: '1' }, items: [] });
}, 'shop');
beforeEach(() => {
  patched = [];
});

const record = (...args: string[]): Promise<Outcome> =>
  rollout(['record', '--kubeconfig', kubeconfig(), ...args]);

function expectOneLine({ err, out, code }: Outcome, exit: number, message: string): void {
  expect(err.trimEnd().split('\n').at(-1)).toContain(message);
  expect(err).not.toContain('    at ');
  expect([code, out.length]).toEqual([exit, 0]);
}

test('reports an unreachable API server in one line, and exits with 3', async () => {
  const gone = kubeconfig(1);
  const outcome = await rollout([
    'record',
    'deployment/web',
    '--kubeconfig',
    gone,
    '--replicas',
    '3',
    '--yes',
  ]);
  expectOneLine(
    outcome,
    3,
    'cannot reach the API server http://127.0.0.1:1 (context here): connection refused',
  );
  expect(outcome.err.trimEnd().split('\n')).toHaveLength(1);
});

test('reports the message of the API server if reading is forbidden, and exits with 3', async () => {
  expectOneLine(await record('deployment/secret', '--replicas', '3'), 3, '403 forbidden');
});

describe('exits with 2 and one line, and changes nothing:', () => {
  const table: [string, string[], string][] = [
    [
      'unknown workload',
      ['deploy/nope', '--replicas', '3'],
      'nope does not exist in namespace shop of context here',
    ],
    ['unknown kind', ['cronjob/web', '--replicas', '3'], 'neither a file nor a workload'],
    ['no change', ['deploy/web'], 'nothing to change'],
    ['replicas that are not a number', ['deploy/web', '--replicas', 'two'], 'expected an integer from 0'],
    ['standard input that is not a terminal', ['deploy/web', '--replicas', '3'], 'use --yes'],
    ['unknown field', ['deploy/web', '--set', 'spec.nothing=1'], 'spec has no nothing'],
    ['unknown context', ['deploy/web', '--replicas', '3', '--context', 'x'], 'here'],
    ['not a URL', ['deploy/web', '--replicas', '3', '--load', 'x'], 'expected a URL'],
    [
      'output in a missing folder',
      ['deploy/web', '--replicas', '3', '-o', '/no/such/folder/x.json'],
      'cannot write',
    ],
    ['output that is a folder', ['deploy/web', '--replicas', '3', '-o', tmpdir()], 'EISDIR'],
  ];
  test.each(table)('%s', async (_, args, message) => {
    expectOneLine(await record(...args), 2, message);
    expect(patched).toEqual([]);
  });
});

test('shows the cluster and the change before it asks', async () => {
  const { err } = await record('deploy/web', '--replicas', '3');
  expect(err).toMatch(
    /^context here, API server http:\/\/127\.0\.0\.1:\d+, namespace shop\nchange Deployment web: replicas 3\n/,
  );
});

test('exits with 2 if the API server rejects the change, and leaves no file', async () => {
  const outcome = await record('deploy/web', '--replicas', '3', '--yes', '-o', path.join(folder, 'x.json'));
  expectOneLine(outcome, 2, 'spec.replicas is bad');
  expect(patched).toEqual(['/apis/apps/v1/namespaces/shop/deployments/web?fieldManager=rollout']);
  expect(readdirSync(folder)).not.toContain('x.json');
});

test('--watch needs no confirmation, and --limit ends it with a complete recording', async () => {
  const { code, out, err } = await record('deploy/web', '--watch', '--limit', '1', '--json');
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({
    kind: 'Timeline',
    changes: [],
    end: { reason: 'limit' },
  });
  expect(err).toContain('limit at');
});

test('prints a recording that cannot be written, and exits with 3', async () => {
  const gone = mkdtempSync(path.join(folder, 'gone-'));
  onWatch = () => { rmSync(gone, { recursive: true, force: true }); }; // prettier-ignore
  const file = path.join(gone, 'x.json');
  const { code, out, err } = await record('deploy/web', '--watch', '--limit', '1', '-o', file);
  expect(code).toBe(3);
  expect(JSON.parse(out)).toMatchObject({ kind: 'Timeline' });
  expect(err.trimEnd().split('\n').at(-1)).toContain(
    'ENOENT: no such file or directory, the recording was printed to standard output instead',
  );
});

describe('checkWritable', () => {
  test('does not change a file that exists', () => {
    const file = path.join(folder, 'kept.json');
    writeFileSync(file, 'kept');
    checkWritable('web', { output: file, json: false });
    expect(readFileSync(file, 'utf8')).toBe('kept');
  });

  test('rejects a default name in a folder that does not exist', () => {
    const name = 'no/such/folder/web';
    expect(() => { checkWritable(name, { output: undefined, json: false }); }).toThrow('cannot write no/such'); // prettier-ignore
    expect(() => { checkWritable(name, { output: undefined, json: true }); }).not.toThrow(); // prettier-ignore
  });
});
