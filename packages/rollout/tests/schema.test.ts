import published from '../timeline.schema.json';
import { Timeline } from '../src/timeline/timeline';

test('the published JSON Schema is the one that timelines are read with (npx tsx rollout/scripts/schema.ts)', () => {
  expect(published).toEqual(
    JSON.parse(JSON.stringify({ $schema: 'http://json-schema.org/draft-07/schema#', ...Timeline })),
  );
});

test('its $id is a name, not an address where nothing is', () => {
  expect(published.$id).toMatch(/^urn:[a-z0-9][a-z0-9-]{0,31}:/);
});
