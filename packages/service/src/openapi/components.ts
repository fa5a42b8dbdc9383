/** Any JSON value. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** Collects the named schemas of a document while it is written. */
export class Components {
  readonly schemas: Record<string, Json> = {};

  /**
   * Returns a schema for the document. A schema with an `$id` becomes a reference to a component; the text of error
   * messages (`allowed`) is left out.
   */
  published(schema: unknown): Json {
    if (Array.isArray(schema)) {
      return schema.map((one) => this.published(one));
    }
    if (typeof schema !== 'object' || schema === null) {
      return schema as Json;
    }
    // A feature may also be named `allowed`; its value is a schema, not a string.
    const kept = Object.entries(schema).filter(
      ([key, value]) => typeof value !== 'string' || (key !== '$id' && key !== 'allowed'),
    );
    const copy = Object.fromEntries(kept.map(([key, value]) => [key, this.published(value)]));
    const name = '$id' in schema && typeof schema.$id === 'string' ? schema.$id : undefined;
    if (name === undefined) {
      return copy;
    }
    this.schemas[name] = copy;
    return { $ref: `#/components/schemas/${name}` };
  }
}
