import { invalid, required } from '../field-error.ts';

/**
 * The formats of names.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.37.0/staging/src/k8s.io/apimachinery/pkg/util/validation/validation.go
 */
interface Format {
  readonly pattern: string;
  readonly message: string;
  readonly examples: readonly string[];
  readonly maxLength: number;
}

const label = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const name = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';
const wordEnds = 'must start and end with an alphanumeric character';

const dnsLabel: Format = {
  pattern: label,
  message: `a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and ${wordEnds}`,
  examples: ['my-name', '123-abc'],
  maxLength: 63,
};
const dnsSubdomain: Format = {
  pattern: String.raw`${label}(\.${label})*`,
  message: `a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and ${wordEnds}`,
  examples: ['example.com'],
  maxLength: 253,
};
const keyName: Format = {
  pattern: name,
  message: `must consist of alphanumeric characters, '-', '_' or '.', and ${wordEnds}`,
  examples: ['MyName', 'my.name', '123-abc'],
  maxLength: 63,
};
const labelValue: Format = {
  pattern: `(${name})?`,
  message: `a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and ${wordEnds}`,
  examples: ['MyValue', 'my_value', '12345'],
  maxLength: 63,
};

const describe = ({ pattern, message, examples }: Format): string =>
  `${message} (e.g. ${examples.map((each) => `'${each}'`).join(',  or ')}, regex used for validation is '${pattern}')`;

function problemOf(value: string, format: Format): string | undefined {
  if (value.length > format.maxLength) return `must be no more than ${format.maxLength} characters`;
  return new RegExp(`^${format.pattern}$`).test(value) ? undefined : describe(format);
}

const check = (format: Format) =>
  function* (path: string, value: string | undefined): Generator<string> {
    const problem = value ? problemOf(value, format) : undefined;
    if (problem !== undefined) yield invalid(path, value, problem);
  };

/** Yields an error for a given name that is not an RFC 1123 label, such as `my-name`. */
export const checkDnsLabel = check(dnsLabel);
/** Yields an error for a given name that is not an RFC 1123 subdomain, such as `example.com`. */
export const checkDnsSubdomain = check(dnsSubdomain);
/** Yields an error for a value that a label cannot have. */
export const checkLabelValue = check(labelValue);

/** Yields an error for a key that a label cannot have: `name` or `example.com/name`. */
export function* checkLabelKey(path: string, key: string): Generator<string> {
  const parts = key.split('/');
  const [own = '', prefix] = [...parts].reverse();
  if (parts.length > 2) {
    const optional = "with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')";
    yield invalid(path, key, `a valid label key ${describe(keyName)} ${optional}`);
    return;
  }
  if (prefix === '') yield invalid(path, key, 'prefix part must be non-empty');
  const problems = { prefix: prefix && problemOf(prefix, dnsSubdomain), name: problemOf(own, keyName) };
  for (const [part, problem] of Object.entries(problems))
    if (problem) yield invalid(path, key, `${part} part ${problem}`);
}

/** Yields errors for the keys and values of labels. */
export function* checkLabels(path: string, labels: Readonly<Record<string, string>> = {}): Generator<string> {
  for (const [key, value] of Object.entries(labels)) {
    yield* checkLabelKey(path, key);
    yield* checkLabelValue(path, value);
  }
}

/** Yields an error for a missing name and for one that is not an RFC 1123 label. */
export function* checkRequiredLabel(path: string, value: string | undefined): Generator<string> {
  if (value) yield* checkDnsLabel(path, value);
  else yield required(path);
}

/** Yields an error for a port that is neither a number from 1 to 65535 nor the name of one. */
export function* checkPort(path: string, port: number | string = 0): Generator<string> {
  if (typeof port === 'string') yield* checkPortName(path, port);
  else if (port < 1 || port > 65_535) yield invalid(path, port, 'must be between 1 and 65535, inclusive');
}

/** Yields errors for a name that a port cannot have. */
export function* checkPortName(path: string, port: string): Generator<string> {
  if (port.length > 15) yield invalid(path, port, 'must be no more than 15 characters');
  else if (!/^[-a-z0-9]+$/.test(port)) {
    yield invalid(path, port, 'must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)');
  } else if (!/[a-z]/.test(port)) yield invalid(path, port, 'must contain at least one letter (a-z)');
  else if (port.includes('--')) yield invalid(path, port, 'must not contain consecutive hyphens');
  else if (/^-|-$/.test(port)) yield invalid(path, port, 'must not begin or end with a hyphen');
}
