import type { TSchema } from '@sinclair/typebox';
import type { FastifySchema } from 'fastify';

/** The groups of operations, in the order of the documentation. */
export const TAGS = {
  prediction: 'Predictions in the service’s own format, for one patient or a list of patients.',
  'Open Inference Protocol':
    'Version 2 of the protocol of KServe, Triton and MLServer, with binary tensors and compression.',
  operation: 'Probes, metrics, and the build and model that run.',
  documentation: 'This document, and a page that shows it.',
} as const;

declare module 'fastify' {
  interface FastifySchema {
    /** What the operation does, in one line. */
    readonly summary?: string;
    /** What the summary leaves out. */
    readonly description?: string;
    /** The operation's group. */
    readonly tags?: readonly (keyof typeof TAGS)[];
    /** Leaves the route out of the document, such as a file that a page loads. @default false */
    readonly hide?: boolean;
  }
}

/** A route as Fastify has it: a URL such as `/models/:model`, and the schemas that validate its requests. */
export interface Route {
  readonly method: string;
  readonly url: string;
  readonly schema: FastifySchema;
}

/** Returns the schema of a body whose media type is not JSON. */
export function content<M extends string, T extends TSchema>(
  media: M,
  schema: T,
): { content: Record<M, { schema: T }> } {
  return { content: { [media]: { schema } } as Record<M, { schema: T }> };
}
