import { isAlias, isMap, isScalar, isSeq, parseAllDocuments, type Document, type Scalar } from 'yaml';

/**
 * A value as kubectl reads it: kubectl converts YAML to JSON.
 *
 * @see https://github.com/kubernetes-sigs/yaml/blob/v1.6.0/yaml.go `YAMLToJSON`
 */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

const MAX_DEPTH = 1000;
const MAX_ALIASED = 100_000;

const words: ReadonlyMap<string, Json> = new Map<string, Json>([
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map(
    (word) => [word, true] as const,
  ),
  ...['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map(
    (word) => [word, false] as const,
  ),
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
]);
const notInJson = /^[-+]?\.(inf|Inf|INF)$|^\.(nan|NaN|NAN)$/;
const float = /^[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?$/;
/** Prefixed integers; the octal ones with and without an o: a mode 0644 is 420. */
const integers = [
  { base: 16, pattern: /^([-+]?)0[xX]([\da-fA-F]+)$/ },
  { base: 8, pattern: /^([-+]?)0[oO]?([0-7]+)$/ },
  { base: 2, pattern: /^([-+]?)0[bB]([01]+)$/ },
];

function numberOf(text: string): number | undefined {
  if (text.startsWith('.')) return float.test(text) ? Number(text) : undefined;
  if (!/^[-+\d]/.test(text)) return undefined;
  const plain = text.replaceAll('_', '');
  for (const { base, pattern } of integers) {
    const [, sign, digits] = pattern.exec(plain) ?? [];
    if (digits !== undefined) return (sign === '-' ? -1 : 1) * Number.parseInt(digits, base);
  }
  return float.test(plain) ? Number(plain) : undefined;
}

/**
 * Returns the value of a plain scalar in YAML 1.1 as go-yaml reads it, without base 60 and timestamps.
 *
 * `yes` is true, `0644` is 420, `1_000` is 1000, `1:30` is a string.
 *
 * @see https://github.com/yaml/go-yaml/blob/v2.4.4/resolve.go `resolve`
 */
function resolve(text: string): Json {
  const word = words.get(text);
  if (word !== undefined) return word;
  if (notInJson.test(text)) throw new Error(`${text} has no form in JSON`);
  const number = numberOf(text);
  return number !== undefined && Number.isFinite(number) ? number : text;
}

function scalarOf({ value, tag, type }: Scalar): Json {
  const text = typeof value === 'string' ? value : '';
  const isPlain = tag === undefined && type === 'PLAIN';
  return isPlain || /^tag:yaml\.org,2002:(bool|int|float|null)$/.test(tag ?? '') ? resolve(text) : text;
}

/** Converts one document. Mappings may have merge keys and equal keys: the later one counts. */
class Converter {
  private readonly open = new Set<unknown>();
  private aliased = 0;

  constructor(private readonly document: Document) {}

  convert(node: unknown, depth = 0, isAliased = false): Json {
    if (depth > MAX_DEPTH) throw new Error(`more than ${MAX_DEPTH} levels`);
    if (isAliased && ++this.aliased > MAX_ALIASED) throw new Error('document contains excessive aliasing');
    if (isAlias(node)) {
      const target = node.resolve(this.document);
      if (target === undefined) throw new Error(`unknown anchor '${node.source}' referenced`);
      if (this.open.has(target)) throw new Error(`anchor '${node.source}' value contains itself`);
      return this.convert(target, depth + 1, true);
    }
    if (isScalar(node)) return scalarOf(node);
    if (!isSeq(node) && !isMap(node)) return null;
    this.open.add(node);
    const value = isSeq(node)
      ? node.items.map((item) => this.convert(item, depth + 1, isAliased))
      : Object.fromEntries(this.entriesOf(node, depth, isAliased));
    this.open.delete(node);
    return value;
  }

  private entriesOf(node: unknown, depth: number, isAliased: boolean): Map<string, Json> {
    const entries = new Map<string, Json>();
    if (!isMap(node)) return entries;
    for (const { key, value } of node.items) {
      if (isScalar(key) && key.value === '<<' && key.type === 'PLAIN') {
        const sources = isSeq(value) ? [...value.items].reverse() : [value];
        for (const source of sources) this.merge(source, entries, depth);
        continue;
      }
      const name = this.convert(key, depth + 1, isAliased);
      if (typeof name === 'object') {
        throw new Error(`invalid map key: ${JSON.stringify(name)}`);
      }
      entries.set(String(name), this.convert(value, depth + 1, isAliased));
    }
    return entries;
  }

  private merge(source: unknown, into: Map<string, Json>, depth: number): void {
    const merged = this.convert(source, depth + 1, true);
    if (typeof merged !== 'object' || merged === null || Array.isArray(merged)) {
      throw new Error('map merge requires map or sequence of maps as the value');
    }
    for (const [key, value] of Object.entries(merged)) into.set(key, value);
  }
}

/** Returns the JSON values that stand one after another, or undefined if anything else stands there. */
function jsonStream(text: string): Json[] | undefined {
  const values: Json[] = [];
  let [from, depth, isQuoted] = [0, 0, false];
  for (let index = 0; index < text.length; index++) {
    const char = text[index] ?? '';
    if (isQuoted) {
      if (char === '\\') index++;
      else if (char === '"') isQuoted = false;
    } else if (char === '"') isQuoted = true;
    else if (char === '{' || char === '[') {
      if (++depth > MAX_DEPTH) throw new Error(`more than ${MAX_DEPTH} levels`);
    } else if ((char === '}' || char === ']') && --depth === 0) {
      try {
        values.push(JSON.parse(text.slice(from, index + 1)) as Json);
      } catch {
        return undefined;
      }
      from = index + 1;
    }
  }
  return text.slice(from).trim() === '' ? values : undefined;
}

/**
 * Returns the documents of a file as kubectl reads them: YAML documents, or JSON values one after another.
 * A document without content is null.
 *
 * @throws Error for anything that kubectl cannot read
 * @see https://github.com/kubernetes/apimachinery/blob/v0.37.0/pkg/util/yaml/decoder.go `YAMLOrJSONDecoder`
 */
export function parseDocuments(source: string): Json[] {
  const text = source.replace(/^\uFEFF/, '');
  const values = text.trimStart().startsWith('{') ? jsonStream(text) : undefined;
  if (values) return values;
  // the failsafe schema leaves scalars as they are written
  const options = { schema: 'failsafe', resolveKnownTags: false, uniqueKeys: false } as const;
  const documents = parseAllDocuments(text, options);
  if (!Array.isArray(documents)) return [];
  return documents.map((document) => {
    const [error] = document.errors;
    if (error) throw error;
    return new Converter(document).convert(document.contents);
  });
}

/** Returns the value of a string in YAML, as a flag gives it. A string that is no YAML is itself. */
export function parseValue(text: string): Json {
  try {
    const [value = null, ...more] = parseDocuments(text);
    return more.length === 0 ? value : text;
  } catch {
    return text;
  }
}
