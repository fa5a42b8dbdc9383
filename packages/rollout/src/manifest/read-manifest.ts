import { parseAllDocuments, type Document } from 'yaml';
import { InputError } from '../errors/input-error.ts';
import { messageOf } from '../errors/reason.ts';
import { workloadKindOf } from '../rules/kinds.ts';
import { EXPECTED_WORKLOAD, workloadKind, type Manifest } from './workload.ts';

const isObject = (value: unknown): value is Manifest =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const titleOf = ({ kind, metadata }: Manifest): string => {
  const name = isObject(metadata) ? metadata['name'] : undefined;
  return `${typeof kind === 'string' ? kind : '?'}/${typeof name === 'string' ? name : '?'}`;
};

const firstLine = (error: unknown): string => messageOf(error).split('\n')[0] ?? '';

/** @throws InputError if aliases expand to a document that is too large */
function valueOf(document: Document.Parsed, origin: string): unknown {
  try {
    return document.toJS();
  } catch (error) {
    throw new InputError(`${origin} is not a manifest: ${firstLine(error)}`);
  }
}

function documents(yaml: string, origin: string): Manifest[] {
  const parsed = parseAllDocuments(yaml);
  if (!Array.isArray(parsed)) return [];
  return parsed.flatMap((document) => {
    const [error] = document.errors;
    if (error) throw new InputError(`${origin} is not YAML: ${firstLine(error)}`);
    const value = valueOf(document, origin);
    if (value === null) return [];
    if (!isObject(value))
      throw new InputError(`${origin} is not a manifest: ${JSON.stringify(value).slice(0, 40)}`);
    const { kind, items } = value;
    return kind === 'List' && Array.isArray(items) ? items.filter(isObject) : [value];
  });
}

/**
 * Returns the workload in a file of one or more YAML or JSON documents.
 *
 * @param origin where the documents came from, for error messages
 * @param name `kind/name` of the workload if there are several; the kind can be any of kubectl's names for it
 * @throws InputError if there is no workload, or if there are several and `name` chooses none
 */
export function readManifest(yaml: string, origin: string, name?: string): Manifest {
  const all = documents(yaml, origin);
  if (all.length === 0) throw new InputError(`${origin} is empty, expected a Deployment, ReplicaSet or Pod`);
  const workloads = all.filter((each) => workloadKind(each) !== undefined);
  const [type = '', ...rest] = name?.split('/') ?? [];
  const title = [workloadKindOf(type) ?? type, ...rest].join('/').toLowerCase();
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
    throw new InputError(`${origin} has no workload, only ${versioned.join(', ')}: ${EXPECTED_WORKLOAD}`);
  }
  throw new InputError(
    only || name === undefined
      ? `${origin} has several workloads, choose one with --name: ${titles(chosen)}`
      : `${origin} has no ${name}, only ${titles(workloads)}`,
  );
}
