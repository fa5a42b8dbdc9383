/** @jest-environment ./packages/service/tests/onnx-environment.cjs */
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { OPERATIONS } from '../../packages/service/tests/document';
import { openDocs } from './opened';

const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds against the rules for accessible pages. */
async function barriers(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const { violations, passes } = await page.evaluate<{
    violations: readonly { id: string; nodes: readonly { html: string }[] }[];
    passes: readonly unknown[];
  }>('axe.run()');
  expect(passes.length).toBeGreaterThan(20);
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

test.each([
  ['wide and light', { viewport: { width: 1280, height: 900 }, colorScheme: 'light' as const }],
  ['wide and dark', { viewport: { width: 1280, height: 900 }, colorScheme: 'dark' as const }],
  ['as narrow as a telephone', { viewport: { width: 320, height: 640 } }],
])('the page holds to the rules of accessibility and fits the window, %s', async (_what, options) => {
  const page = await openDocs(options);
  await page.getByRole('button', { name: 'Predict' }).click();
  await page.locator('.verdict').waitFor();
  await page.evaluate('document.querySelectorAll("details").forEach((one) => { one.open = true; })');
  expect(await barriers(page)).toEqual([]);
  const { wide, window } = await page.evaluate<{ wide: number; window: number }>(
    '({ wide: document.documentElement.scrollWidth, window: innerWidth })',
  );
  expect(wide).toBeLessThanOrEqual(window);
});

test('a refused patient is accessible too', async () => {
  const page = await openDocs();
  await page.getByLabel('Age in years').fill('5');
  await page.getByRole('button', { name: 'Predict' }).click();
  await page.locator('#age-message', { hasText: 'must be' }).waitFor();
  expect(await barriers(page)).toEqual([]);
});

test('the keyboard is enough to ask for a prediction', async () => {
  const page = await openDocs();
  await page.getByRole('link', { name: 'openapi.json' }).focus();
  await page.keyboard.press('Tab');
  expect(await page.locator(':focus').getAttribute('name')).toBe('age');
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowLeft');
  expect(await page.getByLabel('female').isChecked()).toBe(true);
  await page.getByLabel('Age in years').focus();
  await page.keyboard.press('Enter');
  await page.locator('.verdict').waitFor();
});

test('every operation of the document is listed, and its answers are told', async () => {
  const page = await openDocs();
  const titles = await page.locator('.operation > summary').allTextContents();
  expect(titles.length).toBe(OPERATIONS.length);
  for (const { method, path, operation } of OPERATIONS) {
    const shown = page.locator(`#${operation.operationId}`);
    expect(await shown.locator('> summary').textContent()).toContain(`${method} ${path}`);
    expect(await shown.locator('.status').allTextContents()).toEqual(Object.keys(operation.responses));
  }
});

test('a command is copied at the press of a button', async () => {
  const page = await openDocs({ permissions: ['clipboard-read', 'clipboard-write'] });
  await page.locator('#requests').getByRole('button', { name: 'Copy' }).first().click();
  await page.getByRole('button', { name: 'Copied' }).waitFor();
  expect(await page.evaluate<string>('navigator.clipboard.readText()')).toBe(
    await page.locator('#requests pre').first().textContent(),
  );
});
