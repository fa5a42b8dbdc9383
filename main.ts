import { readSettings } from '@online-inference/settings';
import { App } from 'cdk8s';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { homework } from './charts';
import { onlineInference } from './charts/online-inference-service/helm-chart';
import { explainFailure } from './scripts/synth/explain-failure';
import { help } from './scripts/synth/help';
import { publish, writeFiles } from './scripts/synth/publish';
import { render } from './scripts/synth/render';
import { summary } from './scripts/synth/summary';
import { declarations } from './settings';

const HELM_CHART = 'helm/online-inference';

explainFailure(() => {
  const { values: options } = parseArgs({ options: { help: { type: 'boolean', short: 'h' } } });
  if (options.help) {
    console.log(help(declarations));
    return;
  }

  const settings = readSettings(declarations, process.env);
  const charts = render(homework(new App(), settings));
  const helmChart = onlineInference(settings);
  const table = summary(charts, settings, [
    [`dist/${HELM_CHART}/`, 'bonus: the same as a Helm chart, with values'],
  ]);

  const manifests = charts.map(({ file, content }) => [file, content] as const);
  const helmFiles = [...helmChart].map(([file, content]) => [`${HELM_CHART}/${file}`, content] as const);

  // `cdk8s synth -o` and `--stdout` name a folder other than that of cdk8s.yaml, and do not publish
  const { CDK8S_OUTDIR: outdir } = process.env;
  if (outdir !== undefined) writeFiles(manifests, outdir);
  if (outdir !== undefined && path.resolve(outdir) !== path.join(__dirname, '.cdk8s')) return;

  publish(new Map([...manifests, ...helmFiles]), __dirname);
  if (outdir === undefined) console.log(table);
  else console.error(table); // cdk8s-cli discards standard output
});
