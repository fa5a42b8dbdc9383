import { readFileSync } from 'node:fs';
import path from 'node:path';
import { testSettingsTable } from '../packages/service/tests/settings-table';
import { declarations } from '../settings';
import { ROOT } from './support/dist';

testSettingsTable(readFileSync(path.join(ROOT, 'README.md'), 'utf8'), declarations);
