import { parseAllDocuments, type Document } from 'yaml';
import { InputError } from '../errors/input-error';
import { kindOf } from './kind';
import { isWorkload, type Manifest } from './workload';

const isObject = (value: unknown): value is Manifest =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const titleOf = ({ kind, metadata }: Manifest): string => {
  const name = isObject(metadata) ? metadata['name'] : undefined;
  return `${typeof kind === 'string' ? kind : '?'}/${typeof name === 'string' ? name : '?'}`;
};

/** @throws InputError where aliases would make it immense */
function valueOf(document: Document.Parsed, origin: string): unknown {
  try {
    return document.toJS();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new InputError(`${origin} is not a manifest: ${why.split('\n')[0] ?? ''}`);
  }
}

function documents(text: string, origin: string): Manifest[] {
  const parsed = parseAllDocuments(text);
  if (!Array.isArray(parsed)) return [];
  return parsed.flatMap((document) => {
    const [error] = document.errors;
    if (error) throw new InputError(`${origin} is not YAML: ${error.message.split('\n')[0] ?? ''}`);
    const value = valueOf(document, origin);
    if (value === null) return [];
    if (!isObject(value))
      throw new InputError(`${origin} is not a manifest: ${JSON.stringify(value).slice(0, 40)}`);
    const { kind, items } = value;
    return kind === 'List' && Array.isArray(items) ? items.filter(isObject) : [value];
  });
}

/**
 * The workload in a file of one or more YAML or JSON documents.
 *
 * @param name `kind/name` of the one meant, the kind as kubectl takes it, where the file has several workloads
 * @throws InputError where there is none, or no telling which
 */
export function readManifest(text: string, origin: string, name?: string): Manifest {
  const all = documents(text, origin);
  if (all.length === 0) throw new InputError(`${origin} is empty, expected a Deployment, ReplicaSet or Pod`);
  const workloads = all.filter(isWorkload);
  const [type = '', ...rest] = name?.split('/') ?? [];
  const title = [kindOf(type) ?? type, ...rest].join('/').toLowerCase();
  const named = (each: Manifest): boolean => titleOf(each).toLowerCase() === title;
  const chosen = name === undefined ? workloads : workloads.filter(named);
  const [only, another] = chosen;
  if (only && !another) return only;
  const titles = (list: readonly Manifest[]): string => list.map(titleOf).join(', ');
  if (workloads.length === 0) {
    const versioned = all.map((each) => {
      const { apiVersion } = each;
      return `${titleOf(each)} of ${typeof apiVersion === 'string' ? apiVersion : 'no apiVersion'}`;
    });
    throw new InputError(
      `${origin} has no workload, only ${versioned.join(', ')}: expected a Deployment or ReplicaSet of apps/v1, or a Pod of v1`,
    );
  }
  throw new InputError(
    only || name === undefined
      ? `${origin} has several workloads, choose one with --name: ${titles(chosen)}`
      : `${origin} has no ${name}, only ${titles(workloads)}`,
  );
}
