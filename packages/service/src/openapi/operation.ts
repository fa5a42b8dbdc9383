import { Type, type Static, type TSchema } from '@sinclair/typebox';
import type { Problem } from '../validation';

/** The groups of operations, in the order of the documentation. */
export const TAGS = {
  prediction: 'Predictions in the service’s own form: one patient or a list of them.',
  'Open Inference Protocol':
    'Version 2 of the protocol that KServe, Triton and MLServer speak; binary tensors and compression included.',
  operation: 'For those who run the service: probes, metrics, which build and model this is.',
  documentation: 'This document, and a page made from it.',
} as const;

declare module 'fastify' {
  interface FastifySchema {
    /** What the operation does, in one line. */
    readonly summary?: string;
    readonly description?: string;
    readonly tags?: readonly (keyof typeof TAGS)[];
    /** Whether the route is left out of the document, as a file that a page is made of. */
    readonly hide?: boolean;
  }
}

/** The body of every answer that is no success, whoever found the fault. */
export const ErrorBody = Type.Object(
  {
    error: Type.String({ description: 'what is wrong, and what is allowed' }),
    details: Type.Optional(
      Type.Unsafe<readonly Problem[]>(
        Type.Array(
          Type.Object({
            field: Type.String({ description: 'such as age, or [3].age in a list' }),
            message: Type.String(),
          }),
          { description: 'of an invalid request: each field’s problem' },
        ),
      ),
    ),
  },
  { $id: 'Error' },
);

export type ErrorBody = Static<typeof ErrorBody>;

/** What each status means where an operation lists it. */
export const FAILURES = {
  400: 'The request does not fit.',
  404: 'There is no such model or version.',
  413: 'The body is larger than 1 MiB, sent or decompressed.',
  415: 'The body is of another type or coding.',
  503: 'More is asked than can be answered in time; Retry-After says when to come again.',
} as const;

/** The answers of an operation that refuses with these statuses. */
export function failures<S extends keyof typeof FAILURES>(
  ...statuses: readonly S[]
): Record<S, typeof ErrorBody> {
  return Object.fromEntries(statuses.map((status) => [status, ErrorBody])) as Record<S, typeof ErrorBody>;
}

/** A body of another type than JSON. */
export function content<M extends string, T extends TSchema>(
  media: M,
  schema: T,
): { content: Record<M, { schema: T }> } {
  return { content: { [media]: { schema } } as Record<M, { schema: T }> };
}
