import { homework } from './charts';
import { readSettings } from '@online-inference/app/environment';
import { onlineInference } from './helm/online-inference';
import { declarations } from './settings';
import { explainFailure } from './synth/explain-failure';
import { LinearApp } from './synth/linear-app';
import { publish, STAGING } from './synth/publish';
import { HELM_DIST, publishHelm } from './synth/publish-helm';
import { summary } from './synth/summary';

explainFailure(() => {
  const app = new LinearApp({ outputFileExtension: '.yaml', outdir: process.env['CDK8S_OUTDIR'] ?? STAGING });
  const settings = readSettings(declarations, process.env);
  const charts = homework(app, settings);
  const helmChart = onlineInference(settings);
  publish(app, () => {
    const table = summary(charts, settings, [
      [`${HELM_DIST}/online-inference/`, 'bonus: the same as a Helm chart, with values'],
    ]);
    return () => {
      publishHelm('online-inference', helmChart);
      console.log(table);
    };
  });
});
