// Takes the README's pictures of the page at /docs, light and dark: npm run screenshot
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { pino } from 'pino';
import { listening, packagedClassifier } from '../../packages/service/tests/service';
import { buildApp } from '../../packages/service/src/app';
import { readSettings } from '@online-inference/settings';
import { declarations } from '../../packages/service/src/settings';
import { launch } from './chromium';

const DOCS = join(__dirname, '..', '..', 'docs');

/** The address in the pictures, whatever port is free. */
const ADDRESS = 'http://127.0.0.1:8000';

async function picture(browser: Browser, port: number, colorScheme: 'light' | 'dark'): Promise<void> {
  const context = await browser.newContext({
    viewport: { width: 1160, height: 1000 },
    deviceScaleFactor: 2,
    colorScheme,
  });
  const page = await context.newPage();
  await page.route(`${ADDRESS}/**`, async (route) => {
    const url = route.request().url().replace(ADDRESS, `http://127.0.0.1:${port}`);
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

/** Chromium's own encoder: a third of the PNG's size. */
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
  execFileSync(process.execPath, [join(__dirname, '../../packages/service/page.cjs')]);
  const settings = readSettings(declarations, {});
  const classifier = await packagedClassifier(settings);
  const service = await listening(buildApp({ settings, classifier, logger: pino({ level: 'silent' }) }));
  const browser = await launch();
  await picture(browser, service.port, 'light');
  await picture(browser, service.port, 'dark');
  await browser.close();
  await service.close();
}

void main();
