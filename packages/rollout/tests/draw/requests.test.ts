import { predict } from '../../src/index.ts';
import { pictureSpec } from '../../src/draw/index.ts';
import { controller } from '../manifests.ts';

const manifest = controller({ replicas: 2, strategy: { type: 'Recreate' } });
const draw = (load: number): string =>
  JSON.stringify(pictureSpec([predict(manifest, { image: 'web:v2', load, draws: 20 })]));

test('a picture shows the requests that fail, by cause, and the outage', () => {
  const picture = draw(50);
  expect(picture).toMatch(
    /responses per second by version: 50 requests\/s, \d+ of \d+ failed \(red\), \d+ to \d+ in all draws/,
  );
  expect(picture).toContain('outage, no request answered');
  expect(picture).toMatch(/"failed":"\d+ ECONNREFUSED/);
});

test('without load, a picture shows the outage of readiness', () => {
  const picture = draw(0);
  expect(picture).not.toContain('responses per second');
  expect(picture).toContain('outage, no pod ready');
});
