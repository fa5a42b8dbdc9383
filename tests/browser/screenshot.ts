// Takes the screenshots of the page at /docs for the README, light and dark: npm run screenshot
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { declarations } from '@online-inference/service/settings';
import { startService } from '../kit/service';
import { launch } from './chromium';

const DOCS = join(__dirname, '..', '..', 'docs');

/** The address in the screenshots; the service listens on a free port. */
const ADDRESS = `http://127.0.0.1:${String(declarations.properties.port.default)}`;

async function screenshot(
  browser: Browser,
  serviceUrl: string,
  colorScheme: 'light' | 'dark',
): Promise<void> {
  const context = await browser.newContext({
    viewport: { width: 1160, height: 1000 },
    deviceScaleFactor: 2,
    colorScheme,
  });
  const page = await context.newPage();
  await page.route(`${ADDRESS}/**`, async (route) => {
    const url = route.request().url().replace(ADDRESS, serviceUrl);
    await route.fulfill({ response: await route.fetch({ url }) });
  });
  await page.goto(`${ADDRESS}/docs`);
  await page.getByLabel('Age in years').waitFor();
  await page.getByRole('button', { name: 'Predict' }).click();
  await page.locator('.verdict').waitFor();
  await page.evaluate('document.activeElement.blur()');
  const box = await page.locator('#try').boundingBox();
  const png = await page.screenshot({
    clip: { x: 0, y: 0, width: 1160, height: Math.ceil((box?.y ?? 0) + (box?.height ?? 0) + 24) },
  });
  await context.close();
  writeFileSync(join(DOCS, `service-page-${colorScheme}.webp`), await asWebp(browser, png));
}

/** Encodes as WebP with Chromium's own encoder; a third of the size of the PNG. */
async function asWebp(browser: Browser, png: Buffer): Promise<Buffer> {
  const page = await browser.newPage();
  const url = await page.evaluate<string>(`(async () => {
    const image = new Image();
    image.src = 'data:image/png;base64,${png.toString('base64')}';
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = image.width;
    canvas.height = image.height;
    canvas.getContext('2d').drawImage(image, 0, 0);
    return canvas.toDataURL('image/webp', 0.75);
  })()`);
  await page.close();
  return Buffer.from(url.slice(url.indexOf(',') + 1), 'base64');
}

async function main(): Promise<void> {
  const service = await startService();
  const browser = await launch();
  await screenshot(browser, service.url, 'light');
  await screenshot(browser, service.url, 'dark');
  await browser.close();
  await service.stop();
}

void main();
