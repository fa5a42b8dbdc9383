import { InputError } from '../errors/input-error.ts';
import { messageOf } from '../errors/reason.ts';
import { rendering } from './rendering.ts';
import { parseDocuments, type Json } from './yaml.ts';

/** A Kubernetes manifest as it was read. It may have any fields. */
export type Manifest = Readonly<Record<string, unknown>>;

/** Returns whether a value is an object with fields. */
export const isObject = (value: unknown): value is Manifest =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Returns a string field, or undefined. */
export const stringOf = (value: unknown, field: string): string | undefined => {
  const found = isObject(value) ? value[field] : undefined;
  return typeof found === 'string' ? found : undefined;
};

/** Returns whether a manifest is of a kind that Kubernetes does not have, such as an Argo Rollout. */
export function isCustomResource(manifest: Manifest): boolean {
  const [group = ''] = (stringOf(manifest, 'apiVersion') ?? '').split('/');
  return group.includes('.') && !group.endsWith('.k8s.io');
}

/** Returns the objects of a List, such as `kubectl get -o yaml` prints, with the kind that a typed list leaves out. */
function unlisted(value: Manifest, origin: string): Manifest[] {
  const { kind, apiVersion, items } = value;
  if (typeof kind !== 'string' || !kind.endsWith('List') || !Array.isArray(items)) return [value];
  return items.flatMap((item: unknown, index) => {
    if (!isObject(item))
      throw new InputError(`${origin}: items[${index}] of ${kind} is ${JSON.stringify(item)}`);
    const own = kind === 'List' ? item : { apiVersion, kind: kind.slice(0, -'List'.length), ...item };
    return unlisted(own, origin);
  });
}

function parse(source: string, origin: string): Json[] {
  try {
    return parseDocuments(source);
  } catch (error) {
    const [reason = ''] = messageOf(error).split('\n');
    throw new InputError(rendering(source, origin) ?? `${origin} is not YAML: ${reason}`);
  }
}

function manifestsOf(value: Json, origin: string): Manifest[] {
  if (value === null) return [];
  if (!isObject(value))
    throw new InputError(`${origin} is not a manifest: ${JSON.stringify(value).slice(0, 40)}`);
  const manifests = unlisted(value, origin);
  for (const manifest of manifests) {
    const missing = ['apiVersion', 'kind'].find((field) => !stringOf(manifest, field));
    if (missing === undefined) continue;
    const start = JSON.stringify(manifest).slice(0, 60);
    throw new InputError(`${origin} is not a manifest: Object '${missing}' is missing in ${start}`);
  }
  return manifests;
}

/**
 * Returns the manifests of a file as kubectl reads them; those of a List one by one.
 *
 * @param origin where the file came from, for error messages
 * @throws InputError for a file that kubectl cannot read, and for a template that is not rendered
 */
export function parseManifests(source: string, origin: string): Manifest[] {
  const values = parse(source, origin);
  // quoted, a template is YAML
  const isTemplate = /"(name|namespace|image)":"[^"]*\{[{%]/.test(JSON.stringify(values));
  try {
    if (isTemplate) throw new InputError(`${origin} is a template, render it first`);
    return values.flatMap((value) => manifestsOf(value, origin));
  } catch (error) {
    throw new InputError(rendering(source, origin) ?? messageOf(error));
  }
}
