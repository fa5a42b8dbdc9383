import { Type, type Static } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import { parse } from 'yaml';

/** What a checker says against an object. */
export interface Finding {
  /** The checker and its name of the rule, such as `kube-score pod-networkpolicy`. */
  readonly check: string;
  /** The source that the object is of. */
  readonly source: string;
  /** Kind and name, such as `pod/online-inference-pod`. */
  readonly object: string;
  readonly message: string;
}

/** What a checker found, and the sources that it read. */
export interface Report {
  readonly findings: readonly Finding[];
  readonly seen: ReadonlySet<string>;
}

const Exceptions = Type.Array(
  Type.Object(
    {
      checks: Type.Array(Type.String({ pattern: '^\\S+ \\S+$' }), { minItems: 1 }),
      sources: Type.Array(Type.String({ minLength: 1 }), { minItems: 1 }),
      objects: Type.Optional(Type.Array(Type.String({ minLength: 1 }), { minItems: 1 })),
      why: Type.String({ minLength: 20 }),
    },
    { additionalProperties: false },
  ),
);

/** Findings that are left as they are, and why. `*` in a source or an object stands for any text. */
export type Exception = Static<typeof Exceptions>[number];

/** @throws Error that says what in the YAML is no exception */
export function readExceptions(yaml: string): readonly Exception[] {
  const exceptions: unknown = parse(yaml);
  const [wrong] = [...Value.Errors(Exceptions, exceptions)];
  if (wrong) {
    throw new Error(`exceptions: ${wrong.path} is ${JSON.stringify(wrong.value)}: ${wrong.message}`);
  }
  return Value.Decode(Exceptions, exceptions);
}

const matches = (patterns: readonly string[], text: string): boolean =>
  patterns.some((pattern) =>
    new RegExp(`^${pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`).test(text),
  );

const explains = (
  { checks, sources, objects = ['*'] }: Exception,
  { check, source, object }: Finding,
): boolean => checks.includes(check) && matches(sources, source) && matches(objects, object);

/** The findings that no exception explains, and the exceptions' checks that explain none. */
export function judge(
  findings: readonly Finding[],
  exceptions: readonly Exception[],
): { readonly unexplained: readonly Finding[]; readonly idle: readonly string[] } {
  const unexplained = findings.filter((finding) => !exceptions.some((each) => explains(each, finding)));
  const idle = exceptions.flatMap((exception) =>
    exception.checks
      .filter((check) => !findings.some((finding) => finding.check === check && explains(exception, finding)))
      .map((check) => `${check} in ${exception.sources.join(', ')}`),
  );
  return { unexplained, idle };
}
