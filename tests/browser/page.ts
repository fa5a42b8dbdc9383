import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { startService, type RunningService } from '../kit/service';
import { launch } from './chromium';

/** Chromium logs every 400 as an error. The tests check these responses on the page. */
const REFUSED = 'Failed to load resource: the server responded with a status of 400';

let service: RunningService;
let browser: Browser;
/** Errors and warnings in the browser's console, such as violations of the Content-Security-Policy. */
const complaints: string[] = [];

beforeAll(async () => {
  [service, browser] = await Promise.all([startService(), launch()]);
});
afterEach(async () => {
  await Promise.all(browser.contexts().map((context) => context.close()));
  expect(complaints.splice(0)).toEqual([]);
});
afterAll(() => Promise.all([service.stop(), browser.close()]));

/** Opens the page in its own browser context. The test fails if the browser logs an error or a warning. */
export async function openDocs(options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ baseURL: service.url, ...options });
  const page = await context.newPage();
  page.on('pageerror', ({ message }) => complaints.push(message));
  page.on('console', (message) => {
    const refused = message.text().startsWith(REFUSED);
    if (['error', 'warning'].includes(message.type()) && !refused) {
      complaints.push(message.text());
    }
  });
  await page.goto('/docs');
  await page.getByLabel('Age in years').waitFor();
  return page;
}
