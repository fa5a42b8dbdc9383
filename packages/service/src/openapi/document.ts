import { STATUS_CODES } from 'node:http';
import type { FastifySchema } from 'fastify';
import { ERROR_DESCRIPTIONS } from '../schemas/error';
import { TAGS, type Route } from '../schemas/operation';
import { Components, type Json } from './components';

// By hand, because @fastify/swagger would add to a start of 0.2 s.

interface DocumentInfo {
  readonly title: string;
  readonly version: string;
  readonly summary: string;
  readonly description: string;
}

/**
 * Returns the OpenAPI document of the routes, derived from their schemas. HEAD is not listed; every GET supports it.
 *
 * @see https://spec.openapis.org/oas/v3.1.1.html
 */
export function openapiDocument(info: DocumentInfo, routes: readonly Route[]): Json {
  const components = new Components();
  const paths: Record<string, Record<string, Json>> = {};
  const documented = routes.filter(({ method, schema }) => method !== 'HEAD' && schema.hide !== true);
  for (const { method, url, schema } of documented) {
    const path = (paths[url.replace(/:(\w+)/g, '{$1}')] ??= {});
    path[method.toLowerCase()] = {
      operationId: operationId(method, url),
      ...operation(schema, components),
    };
  }
  return {
    openapi: '3.1.0',
    info: { ...info, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
    paths,
    components: { schemas: components.schemas },
  };
}

/** Returns an id such as `getV2ModelsModel` for `GET /v2/models/:model`. */
function operationId(method: string, url: string): string {
  const words = url.split('/').slice(1);
  const camel = words.map((word) =>
    word === '' ? 'Root' : capital(word.replace(/\W+(\w?)/g, (_, next: string) => next.toUpperCase())),
  );
  return `${method.toLowerCase()}${camel.join('')}`;
}

function capital(word: string): string {
  return `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`;
}

function operation(schema: FastifySchema, components: Components): Record<string, Json> {
  const { summary, description, tags, params, querystring, headers, body, response } = schema;
  const parameters = [
    ...parametersIn('path', params, components),
    ...parametersIn('query', querystring, components),
    ...parametersIn('header', headers, components),
  ];
  return {
    ...(summary === undefined ? {} : { summary }),
    ...(description === undefined ? {} : { description }),
    ...(tags === undefined ? {} : { tags }),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === undefined ? {} : { requestBody: { required: true, content: contentOf(body, components) } }),
    responses: responsesOf(response, components),
  };
}

function parametersIn(place: 'path' | 'query' | 'header', schema: unknown, components: Components): Json[] {
  const {
    properties = {},
    required = [],
    examples = [],
  } = (schema ?? {}) as {
    properties?: Record<string, { description?: string }>;
    required?: readonly string[];
    examples?: readonly Record<string, Json>[];
  };
  const [example = {}] = examples;
  return Object.entries(properties).map(([name, { description, ...property }]) => ({
    name,
    in: place,
    required: required.includes(name),
    ...(description === undefined ? {} : { description }),
    schema: components.published(property),
    ...(example[name] === undefined ? {} : { example: example[name] }),
  }));
}

function responsesOf(response: unknown, components: Components): Json {
  const statuses = Object.entries((response ?? {}) as Record<string, { description?: string }>);
  return Object.fromEntries(
    statuses.map(([status, schema]) => {
      const meanings: Record<string, string> = ERROR_DESCRIPTIONS;
      const description = meanings[status] ?? schema.description ?? STATUS_CODES[status] ?? '';
      return [status, { description, content: contentOf(schema, components) }];
    }),
  );
}

/** Fastify accepts either the schema of a JSON body, or a schema per media type under `content`. */
function contentOf(schema: unknown, components: Components): Json {
  const { content = { 'application/json': { schema } } } = schema as {
    content?: Record<string, { schema: unknown }>;
  };
  return Object.fromEntries(
    Object.entries(content).map(([type, media]) => {
      const example = exampleOf(media.schema);
      const published = components.published(media.schema);
      return [type, { schema: published, ...(example === undefined ? {} : { example }) }];
    }),
  );
}

/** Returns a schema's first example; for a union, that of its first branch. */
function exampleOf(schema: unknown): Json | undefined {
  const { examples = [], anyOf = [] } = schema as { examples?: readonly Json[]; anyOf?: readonly unknown[] };
  return examples[0] ?? (anyOf.length > 0 ? exampleOf(anyOf[0]) : undefined);
}
