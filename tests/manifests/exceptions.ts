import { Type, type Static } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import { parse } from 'yaml';
import type { Result } from './checkers';

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

/** Accepted findings and the reason, as exceptions.yaml declares them. */
export type Exception = Static<typeof Exceptions>[number];

/** @throws Error with the path of the first wrong value */
export function readExceptions(yaml: string): readonly Exception[] {
  const exceptions: unknown = parse(yaml);
  const [wrong] = [...Value.Errors(Exceptions, exceptions)];
  if (wrong) {
    throw new Error(`exceptions.yaml: ${wrong.path} is ${JSON.stringify(wrong.value)}: ${wrong.message}`);
  }
  return Value.Decode(Exceptions, exceptions);
}

const matches = (patterns: readonly string[], value: string): boolean =>
  patterns.some((pattern) => new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(value));

const covers = (
  { checks, sources, objects = ['*'] }: Exception,
  { check, source, object }: Result,
): boolean => checks.includes(check) && matches(sources, source) && matches(objects, object);

/** Returns a line for each finding without an exception, and for each exception without a finding. */
export function judge(findings: readonly Result[], exceptions: readonly Exception[]): string[] {
  const unexplained = findings.filter((finding) => !exceptions.some((each) => covers(each, finding)));
  const unused = exceptions.flatMap((exception) =>
    exception.checks
      .filter((check) => !findings.some((finding) => finding.check === check && covers(exception, finding)))
      .map((check) => `${check} in ${exception.sources.join(', ')}`),
  );
  return [
    ...unexplained.map(
      ({ check, source, object, message }) => `${check}: ${object} of ${source}: ${message}`,
    ),
    ...unused.map((exception) => `exceptions.yaml: ${exception} matches no finding; remove it`),
  ];
}
