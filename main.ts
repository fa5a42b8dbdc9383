import { App } from 'cdk8s';
import { homework } from './charts';
import { readSettings } from './environment';
import { declarations } from './settings';
import { explainFailure } from './synth/explain-failure';
import { publish, STAGING } from './synth/publish';
import { summary } from './synth/summary';

explainFailure(() => {
  const app = new App({ outputFileExtension: '.yaml', outdir: process.env['CDK8S_OUTDIR'] ?? STAGING });
  const charts = homework(app, readSettings(declarations, process.env));
  publish(app, () => {
    console.log(summary(charts));
  });
});
