// Writes online-inference.json, the dashboard for Grafana.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dashboard } from './dashboard';

writeFileSync(join(__dirname, 'online-inference.json'), `${JSON.stringify(dashboard(), undefined, 2)}\n`);
