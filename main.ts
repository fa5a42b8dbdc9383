import { App } from 'cdk8s';
import { homework } from './charts';
import { readSettings } from './environment';
import { declarations } from './settings';
import { explainFailure } from './synth/explain-failure';
import { publish, STAGING } from './synth/publish';
import { summary } from './synth/summary';

explainFailure(() => {
  const app = new App({ outputFileExtension: '.yaml', outdir: process.env['CDK8S_OUTDIR'] ?? STAGING });
  const settings = readSettings(declarations, process.env);
  const charts = homework(app, settings);
  publish(app, () => {
    console.log(summary(charts, settings));
  });
});
