import { InputError } from '../errors/input-error.ts';

type Step = string | number | { readonly name: string };
type Node = Record<string, unknown> | unknown[];

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;

function steps(path: string): Step[] {
  const parsed: Step[] = [];
  const pattern = /\.?([A-Za-z_][\w-]*)|\[(\d+)\]|\[name=([^\]]+)\]|\["([^"]+)"\]/y;
  while (pattern.lastIndex < path.length) {
    const from = pattern.lastIndex;
    const match = pattern.exec(path);
    if (!match) {
      throw new InputError(
        `--set ${path}: cannot read ${JSON.stringify(path.slice(from))}, expected a path such as spec.template.spec.containers[0].image, [name=web] or ["a/key"]`,
      );
    }
    const [, key, index, name, quoted] = match;
    if (name !== undefined) parsed.push({ name });
    else parsed.push(index === undefined ? (key ?? quoted ?? '') : Number(index));
  }
  return parsed;
}

function keyOf(node: Node, step: Step): string | number {
  if (typeof step !== 'object') return step;
  const list = Array.isArray(node) ? node : [];
  return list.findIndex(
    (each: unknown) => isNode(each) && !Array.isArray(each) && each['name'] === step.name,
  );
}

const itemCount = ({ length }: readonly unknown[]): string => `${length} item${length === 1 ? '' : 's'}`;

/**
 * Sets a value in a copy of a manifest. Every field of the path must exist or be `known`: a mistyped path
 * would otherwise add a field that nothing reads. An item can be added at the end of a list.
 *
 * @param known whether a path may be set although the manifest does not have it
 * @param hint what to say of a field that a path cannot have, such as `; did you mean …?`
 * @throws InputError that names the part of the path that does not exist
 */
export function setPath<T extends Node>(
  root: T,
  path: string,
  value: unknown,
  known: (path: string) => boolean,
  hint: (path: string, field: string) => string = () => '',
): T {
  // structuredClone would keep the object of a YAML alias shared, so a change would appear in both places
  const copy = JSON.parse(JSON.stringify(root)) as T;
  const all = steps(path);
  let node: Node = copy;
  let walked = '';
  for (const [index, step] of all.entries()) {
    const key = keyOf(node, step);
    const here = walked || 'the manifest';
    const there = (typeof key === 'number' || !Array.isArray(node)) && Object.hasOwn(node, key);
    const isNext = Array.isArray(node) && key === node.length;
    const own = `${walked}${typeof key === 'number' ? `[${key}]` : `${walked && '.'}${key}`}`;
    const last = index === all.length - 1;
    if ((!there && !(isNext || !Array.isArray(node))) || (!there && !known(own))) {
      const name = typeof step === 'object' ? step.name : String(key);
      const has = Array.isArray(node) ? `, it has ${itemCount(node)}` : hint(walked, name);
      throw new InputError(`--set ${path}: ${here} has no ${name}${has}`);
    }
    walked = own;
    const holder = node as Record<string | number, unknown>;
    if (last) holder[key] = value;
    else {
      holder[key] ??= typeof all[index + 1] === 'string' ? {} : [];
      const next = holder[key];
      if (!isNode(next))
        throw new InputError(`--set ${path}: ${walked} is ${JSON.stringify(next)}, not an object`);
      node = next;
    }
  }
  return copy;
}
