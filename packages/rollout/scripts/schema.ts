import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { Timeline } from '../src/timeline/timeline.ts';

const schema = { $schema: 'http://json-schema.org/draft-07/schema#', ...Timeline };
writeFileSync(path.join(__dirname, '../timeline.schema.json'), JSON.stringify(schema, null, 2));
