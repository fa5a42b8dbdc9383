import document from '../../packages/service/openapi.json';
import { kubectl } from '../kit/kubectl';
import { appliedDist } from '../kit/namespace';

const namespace = appliedDist();

/** What the Service answers to a GET, through the API server: its pods may be deleted by other tests. */
const ask = (path: string): Promise<string> =>
  kubectl(['get', '--raw', `/api/v1/namespaces/${namespace.name}/services/online-inference:80/proxy${path}`]);

test('the image serves the document that is committed', async () => {
  expect(JSON.parse(await ask('/openapi.json'))).toEqual(document);
});

test.each([
  ['/docs', '<form'],
  ['/docs/main.js', 'openapi.json'],
  ['/docs/style.css', 'prefers-color-scheme'],
])('the image holds the file of the page that GET %s gives', async (path, part) => {
  expect(await ask(path)).toContain(part);
});
