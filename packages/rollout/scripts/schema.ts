import { writeFileSync } from 'node:fs';
import { Timeline } from '../src/timeline/timeline.ts';

const schema = { $schema: 'http://json-schema.org/draft-07/schema#', ...Timeline };
writeFileSync(new URL('../timeline.schema.json', import.meta.url), JSON.stringify(schema, null, 2));
