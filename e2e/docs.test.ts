import document from '../app/openapi.json';
import { kubectl } from './kubectl';
import { appliedDist } from './namespace';

const namespace = appliedDist();

async function pod(): Promise<string> {
  const [found] = await namespace.pods('online-inference');
  return found?.metadata.name ?? '';
}

test('the image serves the document that is committed', async () => {
  expect(await namespace.ask(await pod(), '/openapi.json')).toEqual(document);
});

test.each([
  ['/docs', '<form'],
  ['/docs/main.js', 'openapi.json'],
  ['/docs/style.css', 'prefers-color-scheme'],
])('the image holds the file of the page that GET %s gives', async (path, part) => {
  const url = `/api/v1/namespaces/${namespace.name}/pods/${await pod()}:8000/proxy${path}`;
  expect(await kubectl(['get', '--raw', url])).toContain(part);
});
