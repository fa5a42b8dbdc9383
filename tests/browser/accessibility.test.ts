import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import openapi from '@online-inference/service/openapi.json';
import { openDocs } from './page';

const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** Returns the violations of accessibility rules that axe finds. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const result = await page.evaluate<{
    violations: readonly { id: string; nodes: readonly { html: string }[] }[];
    passes: readonly unknown[];
  }>('axe.run()');
  expect(result.passes.length).toBeGreaterThan(20);
  return result.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

test.each([
  ['wide and light', { viewport: { width: 1280, height: 900 }, colorScheme: 'light' as const }],
  ['wide and dark', { viewport: { width: 1280, height: 900 }, colorScheme: 'dark' as const }],
  ['narrow', { viewport: { width: 320, height: 640 } }],
])('the page is accessible and fits the window: %s', async (_what, options) => {
  const page = await openDocs(options);
  await page.getByRole('button', { name: 'Predict' }).click();
  await page.locator('.verdict').waitFor();
  await page.evaluate('document.querySelectorAll("details").forEach((one) => { one.open = true; })');
  expect(await violations(page)).toEqual([]);
  const { wide, window } = await page.evaluate<{ wide: number; window: number }>(
    '({ wide: document.documentElement.scrollWidth, window: innerWidth })',
  );
  expect(wide).toBeLessThanOrEqual(window);
});

test('the page is accessible with error messages', async () => {
  const page = await openDocs();
  await page.getByLabel('Age in years').fill('5');
  await page.getByRole('button', { name: 'Predict' }).click();
  await page.locator('#age-message', { hasText: 'must be' }).waitFor();
  expect(await violations(page)).toEqual([]);
});

test('the keyboard is enough for a prediction', async () => {
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

interface Operation {
  readonly operationId: string;
  readonly responses: object;
}

const operations = Object.entries(openapi.paths).flatMap(([path, methods]) =>
  Object.entries<Operation>(methods).map(([method, operation]) => ({
    title: `${method.toUpperCase()} ${path}`,
    operation,
  })),
);

test('the page lists every operation with its responses', async () => {
  const page = await openDocs();
  const titles = await page.locator('.operation > summary').allTextContents();
  expect(titles.length).toBe(operations.length);
  for (const { title, operation } of operations) {
    const shown = page.locator(`#${operation.operationId}`);
    expect(await shown.locator('> summary').textContent()).toContain(title);
    expect(await shown.locator('.status').allTextContents()).toEqual(Object.keys(operation.responses));
  }
});

test('a button copies a command', async () => {
  const page = await openDocs({ permissions: ['clipboard-read', 'clipboard-write'] });
  await page.locator('#requests').getByRole('button', { name: 'Copy' }).first().click();
  await page.getByRole('button', { name: 'Copied' }).waitFor();
  expect(await page.evaluate<string>('navigator.clipboard.readText()')).toBe(
    await page.locator('#requests pre').first().textContent(),
  );
});
