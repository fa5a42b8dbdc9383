import path from 'node:path';
import { App } from 'cdk8s';
import { homework } from '../../charts';
import { render } from '../../scripts/synth/render';
import { filesOf, ROOT } from '../support/dist';
import { settings } from '../support/synth';

const charts = homework(new App(), settings);

test('dist/ has a file for each chart, and no other', () => {
  expect(Object.keys(filesOf(path.join(ROOT, 'dist')))).toEqual(charts.map(({ node }) => `${node.id}.yaml`).sort());
});

test('dist/ is up to date; run `npm run synth` if this fails', () => {
  const rendered = render(charts);
  expect(filesOf(path.join(ROOT, 'dist'))).toEqual(
    Object.fromEntries(rendered.map(({ file, content }) => [file, content])),
  );
});
