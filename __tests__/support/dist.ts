import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';
import { podOf, type Manifest, type PodTemplate } from './manifest';

/** Path of the repository. */
export const ROOT = path.join(__dirname, '../..');

/** Returns the content of the files at the top level of a folder, which `kubectl apply -f` reads, by their names. */
export function filesOf(folder: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .map(({ name }) => [name, readFileSync(path.join(folder, name), 'utf8')]),
  );
}

/** An object of `dist/`, with its file. */
export interface Placed {
  readonly file: string;
  readonly manifest: Manifest;
}

/** A pod or a pod template of `dist/`. */
export interface PlacedPod extends Placed {
  readonly pod: PodTemplate;
  readonly replicas: number;
}

/** Every object of the committed `dist/`. kubectl reads YAML 1.1. */
export const objects: readonly Placed[] = Object.entries(filesOf(path.join(ROOT, 'dist'))).flatMap(
  ([file, text]) =>
    parseAllDocuments(text, { version: '1.1' }).map((document) => ({
      file,
      manifest: document.toJS() as Manifest,
    })),
);

/** Every pod and pod template of the committed `dist/`. */
export const pods: readonly PlacedPod[] = objects.flatMap((object) => {
  const pod = podOf(object.manifest);
  return pod ? [{ ...object, pod, replicas: object.manifest.spec?.replicas ?? 1 }] : [];
});

/** Returns the pod of a file, given without `.yaml`. */
export function podIn(file: string): PodTemplate {
  const found = pods.find((pod) => pod.file === `${file}.yaml`);
  if (!found) {
    throw new Error(`dist/${file}.yaml contains no pod`);
  }
  return found.pod;
}

/** Returns whether a selector matches labels. */
export function matches(
  selector: Readonly<Record<string, unknown>>,
  labels: Readonly<Record<string, string>>,
): boolean {
  return Object.entries(selector).every(([key, value]) => labels[key] === value);
}
