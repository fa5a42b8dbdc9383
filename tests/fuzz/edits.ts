import fc from 'fast-check';

/** Changes of bytes: each overwrites, inserts or removes a few at a random place. */
export function edits(inserted: fc.Arbitrary<Uint8Array>): fc.Arbitrary<(bytes: Buffer) => Buffer> {
  const removed = fc.option(fc.nat(8), { nil: undefined, freq: 1 });
  const edit = fc.record({ place: fc.nat(), inserted, removed });
  return fc.array(edit, { minLength: 1, maxLength: 4 }).map(
    (all) => (bytes) =>
      all.reduce((before, { place, inserted: bytesIn, removed: count = bytesIn.length }) => {
        const at = place % (before.length + 1);
        return Buffer.concat([before.subarray(0, at), bytesIn, before.subarray(at + count)]);
      }, bytes),
  );
}
