import { forbidden, invalid, required } from '../field-error.ts';
import { parseQuantity } from '../quantity.ts';
import { checkLabelKey } from './formats.ts';

type Quantities = Readonly<Record<string, string | number>>;

interface Requirements {
  readonly requests?: Quantities | undefined;
  readonly limits?: Quantities | undefined;
}

const isHugePages = (name: string): boolean => name.startsWith('hugepages-');
const isNative = (name: string): boolean => !name.includes('/') || /^[^/]*kubernetes\.io\//.test(name);
/** cpu, memory and ephemeral-storage may be promised more often than they exist; extended resources may not. */
const canOvercommit = (name: string): boolean => isNative(name) && !isHugePages(name);
const standard = ['cpu', 'memory', 'ephemeral-storage'];

const amount = (value: string | number, path: string): number =>
  String(value).startsWith('-')
    ? -parseQuantity(String(value).slice(1), path)
    : parseQuantity(String(value).replace('+', ''), path);

function* checkQuantities(quantities: Quantities, path: string): Generator<string> {
  for (const [name, quantity] of Object.entries(quantities)) {
    const own = `${path}[${name}]`;
    yield* checkLabelKey(own, name);
    if (!name.includes('/') && !standard.includes(name) && !isHugePages(name)) {
      yield invalid(own, name, 'must be a standard resource for containers');
    }
    const value = amount(quantity, own);
    if (value < 0) yield invalid(own, String(quantity), 'must be greater than or equal to 0');
    if (!isNative(name) && !Number.isInteger(value))
      yield invalid(own, String(quantity), 'must be an integer');
  }
}

/**
 * Yields errors for the requests and limits of a container.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.37.0/pkg/apis/core/validation/validation.go `validateResourceRequirements`
 */
export function* checkResources(
  { requests = {}, limits = {} }: Requirements,
  path: string,
): Generator<string> {
  yield* checkQuantities(limits, `${path}.limits`);
  yield* checkQuantities(requests, `${path}.requests`);
  for (const [name, request] of Object.entries(requests)) {
    const limit = limits[name];
    if (limit === undefined) {
      if (!canOvercommit(name))
        yield required(`${path}.limits`, 'Limit must be set for non overcommitable resources');
      continue;
    }
    const [requested, limited] = [amount(request, path), amount(limit, path)];
    if (requested !== limited && !canOvercommit(name)) {
      yield invalid(`${path}.requests`, String(request), `must be equal to ${name} limit of ${limit}`);
    } else if (requested > limited) {
      yield invalid(
        `${path}.requests`,
        String(request),
        `must be less than or equal to ${name} limit of ${limit}`,
      );
    }
  }
  const names = Object.keys({ ...requests, ...limits });
  if (names.some(isHugePages) && !names.includes('cpu') && !names.includes('memory')) {
    yield forbidden(path, 'HugePages require cpu or memory');
  }
}
