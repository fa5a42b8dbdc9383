import { execFileSync } from 'node:child_process';
import type { Page } from 'playwright-core';
import examples from '@online-inference/service/model/examples.json';
import { openDocs } from './page';

interface Prediction {
  readonly label: number;
  readonly prediction: string;
  readonly probability: number;
}

/** Requests a prediction from the service itself. */
async function predicted(page: Page, patient: object): Promise<Prediction> {
  const response = await page.request.post('/predict', { data: patient });
  return (await response.json()) as Prediction;
}

/** Fills in a patient as a user does: types, selects or clicks. */
async function fill(page: Page, patient: Readonly<Record<string, number>>): Promise<void> {
  for (const [name, value] of Object.entries(patient)) {
    const field = page.locator(`[data-field="${name}"]`);
    if ((await field.getAttribute('role')) === 'radiogroup') {
      await field.locator(`input[value="${value}"]`).check();
    } else if ((await field.locator('select').count()) === 1) {
      await field.locator('select').selectOption(String(value));
    } else {
      await field.locator('input').fill(String(value));
    }
  }
}

async function press(page: Page, button: string): Promise<void> {
  await page.getByRole('button', { name: button }).click();
}

async function shownJson(page: Page): Promise<unknown> {
  return JSON.parse((await page.locator('#prediction pre').textContent()) ?? '') as unknown;
}

const patients = [0, 1].map((label) => examples.findLast((one) => one.label === label)?.patient ?? {});

test.each(patients)('shows the response of POST /predict: %j', async (patient) => {
  const page = await openDocs();
  await fill(page, patient);
  await press(page, 'Predict');
  const { prediction, probability, ...rest } = await predicted(page, patient);
  await page.locator('.verdict', { hasText: prediction }).waitFor();
  expect(await page.locator('.probability').textContent()).toBe(
    `${(probability * 100).toFixed(1)} % probability of heart disease`,
  );
  expect(await page.getByRole('meter').getAttribute('aria-valuenow')).toBe(String(probability));
  expect(await shownJson(page)).toEqual({ prediction, probability, ...rest });
});

test('each curl command returns the prediction of the form’s patient', async () => {
  const page = await openDocs();
  const patient = patients[1] ?? {};
  await fill(page, patient);
  const commands = await page.locator('#requests pre').allTextContents();
  expect(commands).toHaveLength(3);
  const answers = await Promise.all(commands.map((command) => run(page, command)));
  const { probability } = await predicted(page, patient);
  expect(answers.map(probabilityIn)).toEqual([probability, probability, expect.closeTo(probability, 6)]);
});

/** Sends the request that curl would send. */
async function run(page: Page, command: string): Promise<unknown> {
  const shell = `curl() { printf '%s\\0' "$@"; }; ${command}`;
  const [url = '', option, body] = execFileSync('sh', ['-c', shell], { encoding: 'utf8' }).split('\0');
  const response = await (option === '--json'
    ? page.request.post(url, { data: JSON.parse(body ?? '') as object })
    : page.request.get(url));
  return response.json();
}

function probabilityIn(answer: unknown): unknown {
  const { probability, outputs } = answer as {
    probability?: number;
    outputs?: readonly { name: string; data: readonly number[] }[];
  };
  return probability ?? outputs?.find(({ name }) => name === 'probability')?.data[0];
}

test('shows each error at its field until the value is valid', async () => {
  const page = await openDocs();
  const [age, chol] = [page.getByLabel('Age in years'), page.getByLabel('Serum cholesterol')];
  await age.fill('5');
  await chol.fill('');
  await press(page, 'Predict');
  const message = page.locator('#age-message', { hasText: 'must be' });
  await message.waitFor();
  expect(await message.textContent()).toBe(
    'age must be a number from 29 to 77, the range of the training data, not 5',
  );
  expect(await page.locator('#chol-message').textContent()).toMatch(/^chol is missing/);
  expect(await page.locator('.message').allTextContents()).toHaveLength(10);
  expect(await age.getAttribute('aria-invalid')).toBe('true');
  expect(await page.locator('input:focus').getAttribute('name')).toBe('age');
  expect(await page.locator('.verdict').count()).toBe(0);

  await age.fill('63');
  await chol.fill('233');
  await press(page, 'Predict');
  await page.locator('.verdict').waitFor();
  expect((await page.locator('.message').allTextContents()).join('')).toBe('');
  expect(await page.locator('[aria-invalid="true"]').count()).toBe(0);
});

test('removes the prediction when the patient changes, and resets to the example', async () => {
  const page = await openDocs();
  await press(page, 'Predict');
  await page.locator('.verdict').waitFor();
  await page.getByLabel('Age in years').fill('40');
  expect(await page.locator('.verdict').count()).toBe(0);
  await press(page, 'Reset to the example');
  await page.locator('#requests', { hasText: '"age":63' }).waitFor();
  expect(await page.getByLabel('Age in years').inputValue()).toBe('63');
});

test('shows an error when the service does not answer or is overloaded', async () => {
  const page = await openDocs();
  const problem = page.locator('#form-problem');
  await page.route('**/predict', (route) => route.fulfill({ status: 200, body: '<html>' }));
  await press(page, 'Predict');
  await problem.filter({ hasText: 'The service did not answer' }).waitFor();
  await page.route('**/predict', (route) =>
    route.fulfill({ status: 400, json: { error: 'too <b>busy</b>' } }),
  );
  await press(page, 'Predict');
  await problem.filter({ hasText: 'too <b>busy</b>' }).waitFor();
});
