import { isObject, stringOf, type Manifest } from './documents.ts';
import { selects } from './selector.ts';
import type { PodTemplate } from './workload-spec.ts';

/** A Service in front of the pods. */
export interface ServiceSpec {
  readonly name: string;
  /** Returns whether it selects the pods of a template. */
  readonly selectsPodsOf: (template: PodTemplate) => boolean;
  /** Whether it sends to pods that are not ready. */
  readonly publishNotReadyAddresses: boolean;
}

const specOf = ({ spec }: Manifest): Manifest => (isObject(spec) ? spec : {});

const selectorOf = (document: Manifest): Readonly<Record<string, string>> =>
  (isObject(specOf(document)['selector']) ? specOf(document)['selector'] : {}) as Record<string, string>;

const selectsPods = (document: Manifest, { placement }: PodTemplate): boolean =>
  Object.keys(selectorOf(document)).length > 0 &&
  selects({ matchLabels: selectorOf(document) }, placement.labels);

/** Returns the Services that select pods of any of the templates. */
export const servicesOf = (documents: readonly Manifest[], templates: readonly PodTemplate[]): Manifest[] =>
  documents.filter(
    (each) =>
      each['kind'] === 'Service' &&
      each['apiVersion'] === 'v1' &&
      templates.some((template) => selectsPods(each, template)),
  );

/** Returns the first Service of the file that selects pods of the workload; without any, one that selects them all. */
export function serviceOf(
  documents: readonly Manifest[],
  templates: readonly PodTemplate[],
  name: string,
): ServiceSpec {
  const [service] = servicesOf(documents, templates);
  if (!service) return { name, selectsPodsOf: () => true, publishNotReadyAddresses: false };
  return {
    name: stringOf(service['metadata'], 'name') ?? name,
    selectsPodsOf: (template) => selectsPods(service, template),
    publishNotReadyAddresses: specOf(service)['publishNotReadyAddresses'] === true,
  };
}
