import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { App } from 'cdk8s';
import { homework } from '../../charts';
import { publish } from '../../scripts/synth/publish';
import { filesOf, ROOT } from '../support/dist';
import { settings } from '../support/synth';

test('dist/ is what a fresh synth writes: each file, and no other', () => {
  const outdir = mkdtempSync(path.join(os.tmpdir(), 'online-inference-'));
  try {
    const app = new App({ outdir, outputFileExtension: '.yaml' });
    homework(app, settings);
    publish(app, () => jest.fn());
    const fresh = filesOf(outdir);
    expect(Object.keys(fresh)).toHaveLength(7);
    expect(filesOf(path.join(ROOT, 'dist'))).toEqual(fresh);
  } finally {
    rmSync(outdir, { recursive: true });
  }
});
