import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';
import { podOf, type Manifest, type PodTemplate } from './manifest';

export const ROOT = path.join(__dirname, '../..');

/** The files at the top level of a folder, as `kubectl apply -f` takes them: name to text. */
export function filesOf(folder: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .map(({ name }) => [name, readFileSync(path.join(folder, name), 'utf8')]),
  );
}

/** One object of `dist/`, and where it comes from. */
export interface Placed {
  readonly file: string;
  readonly manifest: Manifest;
}

/** One pod, or the template of many. */
export interface PlacedPod extends Placed {
  readonly pod: PodTemplate;
  readonly replicas: number;
}

/** Every object of the committed `dist/`, read as YAML 1.1, which is what kubectl reads. */
export const objects: readonly Placed[] = Object.entries(filesOf(path.join(ROOT, 'dist'))).flatMap(
  ([file, text]) =>
    parseAllDocuments(text, { version: '1.1' }).map((document) => ({
      file,
      manifest: document.toJS() as Manifest,
    })),
);

/** Every Pod and pod template of the committed `dist/`. */
export const pods: readonly PlacedPod[] = objects.flatMap((object) => {
  const pod = podOf(object.manifest);
  return pod ? [{ ...object, pod, replicas: object.manifest.spec?.replicas ?? 1 }] : [];
});

/** The pod of a step's file. */
export function podIn(file: string): PodTemplate {
  const found = pods.find((pod) => pod.file === `${file}.yaml`);
  if (!found) {
    throw new Error(`no pod in dist/${file}.yaml`);
  }
  return found.pod;
}

/** Whether labels carry all of a selector's. */
export function matches(
  selector: Readonly<Record<string, unknown>>,
  labels: Readonly<Record<string, string>>,
): boolean {
  return Object.entries(selector).every(([key, value]) => labels[key] === value);
}
