/** What JSON can hold. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** The schemas that a document gives a name, collected while it is written. */
export class Components {
  readonly schemas: Record<string, Json> = {};

  /**
   * A schema as the document shows it: one with an `$id` is a reference to the component of that name, and the
   * words that error messages are made of (`allowed`) are left out.
   */
  published(schema: unknown): Json {
    if (Array.isArray(schema)) {
      return schema.map((one) => this.published(one));
    }
    if (typeof schema !== 'object' || schema === null) {
      return schema as Json;
    }
    // A feature may be called so too: then it is a schema, not a text.
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
