import { HelmChart, valuesTable } from '@online-inference/cdk8s-helm';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { SERVICE_NAME } from '../../constructs/image';
import { COMPONENT_LABEL } from '../../constructs/plain-release';
import project from '../../package.json';
import { steadyImage, type Settings } from '../../settings';
import { OnlineInferenceService } from '../online-inference-service';
import { OnlineInferenceTest } from './helm-test';
import { helmRollout } from './rollout';
import { chartValues, type ChartValues } from './values';

/** Files that no construct creates: the rollout rules, the notes, and values for chart-testing. */
const FILES = path.join(__dirname, 'helm');

/**
 * Returns the files of the bonus chart as a Helm chart, by their paths.
 *
 * @param settings defaults of the chart's values
 */
export function onlineInference(settings: Settings): Map<string, string> {
  const values = chartValues(settings);
  return new HelmChart<ChartValues>({
    name: SERVICE_NAME,
    description: 'Heart-disease prediction over HTTP, with named rollout strategies that are checked',
    version: project.version,
    appVersion: settings.steadyTag,
    metadata: {
      kubeVersion: '>=1.27.0-0',
      keywords: ['machine-learning', 'inference', 'onnx', 'fastify'],
      annotations: {
        'artifacthub.io/category': 'ai-machine-learning',
        'artifacthub.io/license': project.license,
        'artifacthub.io/images': `- name: ${SERVICE_NAME}\n  image: ${steadyImage(settings)}\n`,
      },
    },
    values,
    labels: COMPONENT_LABEL,
    make: (scope, references, release) => {
      new OnlineInferenceService(scope, { values: references, release, rollout: helmRollout(SERVICE_NAME) });
      new OnlineInferenceTest(scope, references, release);
    },
    files: staticFiles(valuesTable(values)),
  }).render();
}

function staticFiles(table: string): Record<string, string> {
  const files = readdirSync(FILES, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort()
    .map((file): [string, string] => [path.relative(FILES, file), readFileSync(file, 'utf8')]);
  return Object.fromEntries(
    files.map(([file, content]) => [file, content.replace('<!-- values -->', () => table)]),
  );
}
