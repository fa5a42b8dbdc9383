import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';

/** Starts a headless Chromium. @throws Error if there is none and none can be installed */
export function launch(): Promise<Browser> {
  const finder = join(__dirname, '../../scripts/tools/chromium');
  const executablePath = execFileSync(finder, { encoding: 'utf8' }).trim();
  return chromium.launch({ executablePath });
}
