/** One property of two timelines. */
export interface Pair<Value> {
  /** Name of the property. */
  readonly name: string;
  /** Value of the first timeline. */
  readonly a: Value;
  /** Value of the second timeline. */
  readonly b: Value;
  /** Whether both values count as the same. */
  readonly same: boolean;
}
