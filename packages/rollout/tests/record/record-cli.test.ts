import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { checkWritable } from '../../src/commands/record/save';
import { rollout, type Outcome } from '../run';
import { apiServer } from './api-server';
import { controller } from './objects';

let patched: string[] = [];
let onWatch = (): void => undefined;

/** It has one Deployment, and refuses to change it. */
const { folder, kubeconfig } = apiServer(({ method = '', url = '' }, response) => {
  const send = (status: number, body: object): void =>
    void response.writeHead(status).end(JSON.stringify(body));
  if (method === 'PATCH') {
    patched.push(url);
    send(422, { kind: 'Status', message: 'Deployment "web" is invalid: spec.replicas is bad' });
  } else if (url.endsWith('/deployments/web')) send(200, controller());
  else if (url.endsWith('/deployments/secret')) send(403, { kind: 'Status', message: 'you may not' });
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

function expectOneLine({ err, out, code }: Outcome, exit: number, words: string): void {
  expect(err.trimEnd().split('\n').at(-1)).toContain(words);
  expect(err).not.toContain('    at ');
  expect([code, out.length]).toEqual([exit, 0]);
}

test('an API server that is not there is one line, and exit code 3', async () => {
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

test('what may not be read is told as the API server tells it, and exit code 3', async () => {
  expectOneLine(await record('deployment/secret', '--replicas', '3'), 3, '403 you may not');
});

describe('with wrong input it ends with 2, in one line, and changes nothing', () => {
  const table: [string, string[], string][] = [
    [
      'no such workload',
      ['deploy/nope', '--replicas', '3'],
      'nope does not exist in namespace shop of context here',
    ],
    ['no such kind', ['daemonset/web', '--replicas', '3'], 'neither a file nor a workload'],
    ['nothing to change', ['deploy/web'], 'nothing to change'],
    ['what it is already', ['deploy/web', '--replicas', 'two'], 'expected a whole number'],
    ['nobody to ask', ['deploy/web', '--replicas', '3'], 'give --yes'],
    ['a field that there is not', ['deploy/web', '--set', 'spec.nothing=1'], 'spec has no nothing'],
    ['a context that there is not', ['deploy/web', '--replicas', '3', '--context', 'x'], 'here'],
    ['a URL that is none', ['deploy/web', '--replicas', '3', '--load', 'x'], 'expected a URL'],
    [
      'a file in no folder',
      ['deploy/web', '--replicas', '3', '-o', '/no/such/folder/x.json'],
      'cannot write',
    ],
    ['a file that is a folder', ['deploy/web', '--replicas', '3', '-o', tmpdir()], 'EISDIR'],
  ];
  test.each(table)('%s', async (_, args, words) => {
    expectOneLine(await record(...args), 2, words);
    expect(patched).toEqual([]);
  });
});

test('it says where it is before it asks', async () => {
  const { err } = await record('deploy/web', '--replicas', '3');
  expect(err).toMatch(
    /^context here, http:\/\/127\.0\.0\.1:\d+, namespace shop\nchange Deployment web: replicas 3\n/,
  );
});

test('a change that the API server rejects ends with 2 and its reason, and leaves no file', async () => {
  const outcome = await record('deploy/web', '--replicas', '3', '--yes', '-o', path.join(folder, 'x.json'));
  expectOneLine(outcome, 2, 'spec.replicas is bad');
  expect(patched).toEqual(['/apis/apps/v1/namespaces/shop/deployments/web?fieldManager=rollout']);
  expect(readdirSync(folder)).not.toContain('x.json');
});

test('to watch needs no yes, and a limit ends it with a complete recording', async () => {
  const { code, out, err } = await record('deploy/web', '--watch', '--limit', '1', '--json');
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({
    kind: 'Timeline',
    changes: [],
    end: { reason: 'limit' },
  });
  expect(err).toContain('limit at');
});

test('a recording that cannot be written at its end is printed, and exit code 3', async () => {
  const gone = mkdtempSync(path.join(folder, 'gone-'));
  onWatch = () => { rmSync(gone, { recursive: true, force: true }); }; // prettier-ignore
  const file = path.join(gone, 'x.json');
  const { code, out, err } = await record('deploy/web', '--watch', '--limit', '1', '-o', file);
  expect(code).toBe(3);
  expect(JSON.parse(out)).toMatchObject({ kind: 'Timeline' });
  expect(err.trimEnd().split('\n').at(-1)).toContain(
    'ENOENT: no such file or directory, the recording is on standard output instead',
  );
});

describe('before a recording its file', () => {
  test('that exists keeps what is in it', () => {
    const file = path.join(folder, 'kept.json');
    writeFileSync(file, 'kept');
    checkWritable('web', { output: file, json: false });
    expect(readFileSync(file, 'utf8')).toBe('kept');
  });

  test('of the default name needs a folder that may be written to', () => {
    const name = 'no/such/folder/web';
    expect(() => { checkWritable(name, { output: undefined, json: false }); }).toThrow('cannot write no/such'); // prettier-ignore
    expect(() => { checkWritable(name, { output: undefined, json: true }); }).not.toThrow(); // prettier-ignore
  });
});
