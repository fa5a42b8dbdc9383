import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { OnlineInferenceService } from '../online-inference-service';
import { OnlineInferenceTest } from './helm-test';
import { HelmChart, valuesTable } from '@online-inference/cdk8s-helm';
import { helmRollout } from './parts/rollout';
import project from '../../package.json';
import { steadyImage, type Settings } from '../../settings';
import { chartValues, type ChartValues } from './values';

const NAME = 'online-inference';

/** Files that no construct makes: the rules of rollouts, what Helm prints, values for chart testers. */
const FILES = path.dirname(require.resolve('#helm-files/README.md'));

/**
 * The bonus chart as a Helm chart. The settings are its defaults.
 *
 * @returns its files, by their path
 */
export function onlineInference(settings: Settings): Map<string, string> {
  const values = chartValues(settings);
  return new HelmChart<ChartValues>({
    name: NAME,
    description: 'Heart-disease prediction over HTTP, with rollouts that do what they are called',
    version: project.version,
    appVersion: settings.steadyTag,
    metadata: {
      kubeVersion: '>=1.27.0-0',
      keywords: ['machine-learning', 'inference', 'onnx', 'fastify'],
      annotations: {
        'artifacthub.io/category': 'ai-machine-learning',
        'artifacthub.io/license': project.license,
        'artifacthub.io/images': `- name: ${NAME}\n  image: ${steadyImage(settings)}\n`,
      },
    },
    values,
    labels: { 'app.kubernetes.io/component': 'model-server' },
    make: (scope, references, release) => {
      new OnlineInferenceService(scope, { values: references, release, rollout: helmRollout(NAME) });
      new OnlineInferenceTest(scope, references, release);
    },
    files: handMade(valuesTable(values)),
  }).render();
}

function handMade(table: string): Record<string, string> {
  const files = readdirSync(FILES, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const texts = files.map(({ parentPath, name }): [string, string] => {
    const file = path.join(parentPath, name);
    return [path.relative(FILES, file), readFileSync(file, 'utf8')];
  });
  const sorted = Object.fromEntries(texts.sort(([a], [b]) => (a < b ? -1 : 1)));
  return {
    ...sorted,
    'README.md': (sorted['README.md'] ?? '').replace('<!-- values -->', () => table),
  };
}
