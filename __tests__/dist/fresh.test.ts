import path from 'node:path';
import { App } from 'cdk8s';
import { homework } from '../../charts';
import { render } from '../../scripts/synth/render';
import { filesOf, ROOT } from '../support/dist';
import { settings } from '../support/synth';

test('dist/ is up to date; run `npm run synth` if this fails', () => {
  const rendered = render(homework(new App(), settings));
  expect(filesOf(path.join(ROOT, 'dist'))).toEqual(
    Object.fromEntries(rendered.map(({ file, content }) => [file, content])),
  );
});
