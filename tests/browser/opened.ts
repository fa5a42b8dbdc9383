import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { appWithPage } from '../../packages/service/tests/page';
import { listening, type Service } from '../../packages/service/tests/service';
import { launch } from './chromium';

/** Chromium calls every refused request an error; that the page shows it, tests see for themselves. */
const REFUSED = 'Failed to load resource: the server responded with a status of 400';

let browser: Browser;
let service: Service | undefined;
/** Of a service elsewhere, or of one in this process. */
let address = process.env['SERVICE_URL'];
/** What the browser complained of, such as what the page's Content-Security-Policy refused. */
const complaints: string[] = [];

beforeAll(async () => {
  browser = await launch();
  if (address === undefined) {
    service = await listening(await appWithPage());
    address = `http://127.0.0.1:${service.port}`;
  }
});
afterEach(async () => {
  await Promise.all(browser.contexts().map((context) => context.close()));
  expect(complaints.splice(0)).toEqual([]);
});
afterAll(async () => {
  await browser.close();
  await service?.close();
});

/** The page in a window of its own. A test fails if the browser complains of anything while it is open. */
export async function openDocs(options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.on('pageerror', ({ message }) => complaints.push(message));
  page.on('console', (message) => {
    const refused = message.text().startsWith(REFUSED);
    if (['error', 'warning'].includes(message.type()) && !refused) {
      complaints.push(message.text());
    }
  });
  await page.goto(`${address ?? ''}/docs`);
  await page.getByLabel('Age in years').waitFor();
  return page;
}

/** What the service itself answers for a patient. */
export async function predicted(patient: object): Promise<unknown> {
  const response = await fetch(`${address ?? ''}/predict`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(patient),
  });
  return response.json();
}
