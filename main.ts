import { homework } from './charts';
import { readSettings } from '@online-inference/settings';
import { onlineInference } from './charts/online-inference-service/helm-chart';
import { declarations } from './settings';
import { explainFailure } from './scripts/synth/explain-failure';
import { LinearApp } from '@online-inference/cdk8s-helm';
import { publish, STAGING } from './scripts/synth/publish';
import { HELM_DIST, publishHelm } from './scripts/synth/publish-helm';
import { summary } from './scripts/synth/summary';

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
