import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { declarations } from '../src/settings';
import { testSettingsTable } from './settings-table';

testSettingsTable(readFileSync(join(__dirname, '..', 'README.md'), 'utf8'), declarations);
