import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { ROOT } from './dist';

/** Path of helm. Downloads helm if there is none on the PATH. */
export const HELM = execFileSync(path.join(ROOT, 'scripts/tools/helm'), { encoding: 'utf8' }).trim();

/** Folder of the committed Helm chart. */
export const CHART = path.join(ROOT, 'dist/helm/online-inference');
