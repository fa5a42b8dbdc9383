import document from '@online-inference/service/openapi.json';
import { SERVICE_NAME } from '../../constructs/image';
import { kubectl } from '../kit/kubectl';
import { appliedDist } from './applied-dist';

const namespace = appliedDist();

/** Sends a GET to the Service through the API server: other tests delete its pods. */
const ask = (path: string): Promise<string> =>
  kubectl(['get', '--raw', `/api/v1/namespaces/${namespace.name}/services/${SERVICE_NAME}:80/proxy${path}`]);

test('the image serves the committed OpenAPI document', async () => {
  expect(JSON.parse(await ask('/openapi.json'))).toEqual(document);
});

test.each([
  ['/docs', '<form'],
  ['/docs/main.js', 'openapi.json'],
  ['/docs/style.css', 'prefers-color-scheme'],
])('the image contains the page file %s', async (path, part) => {
  expect(await ask(path)).toContain(part);
});
