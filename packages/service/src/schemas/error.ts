import { Type, type Static } from '@sinclair/typebox';
import type { Problem } from '../errors/http-error';

/** Body of every response with an error status. */
export const ErrorBody = Type.Object(
  {
    error: Type.String({ description: 'what is wrong and what is allowed' }),
    details: Type.Optional(
      Type.Unsafe<readonly Problem[]>(
        Type.Array(
          Type.Object({
            field: Type.String({ description: 'such as age, or [3].age in a list' }),
            message: Type.String(),
          }),
          { description: 'every invalid field, for an invalid request' },
        ),
      ),
    ),
  },
  { $id: 'Error' },
);

export type ErrorBody = Static<typeof ErrorBody>;

/** Meaning of each error status that an operation lists. */
export const ERROR_DESCRIPTIONS = {
  400: 'The request is invalid.',
  404: 'The model or version is unknown.',
  413: 'The body is larger than 1 MiB, as sent or decompressed.',
  415: 'The Content-Type or Content-Encoding is not supported.',
  503: 'The service is overloaded; retry after the seconds in Retry-After.',
} as const;

/** Returns the response schemas for the given error statuses. */
export function errorResponses<S extends keyof typeof ERROR_DESCRIPTIONS>(
  ...statuses: readonly S[]
): Record<S, typeof ErrorBody> {
  return Object.fromEntries(statuses.map((status) => [status, ErrorBody])) as Record<S, typeof ErrorBody>;
}
