import { readSettings } from '@online-inference/settings';
import { Testing } from 'cdk8s';
import { parseArgs } from 'node:util';
import { settings } from '../../__tests__/support/synth';
import { homework } from '../../charts';
import { declarations } from '../../settings';
import { explainFailure } from './explain-failure';
import { help } from './help';
import { render } from './render';

/** Returns the lines that are printed on standard error, and the exit code that the process would have. */
function outcome(work: () => void): { lines: string[]; exitCode: typeof process.exitCode } {
  const print = jest.spyOn(console, 'error').mockReturnValue();
  const before = process.exitCode;
  try {
    explainFailure(work);
    const lines = print.mock.calls.flat().join('\n').split('\n').filter(Boolean);
    return { lines, exitCode: process.exitCode };
  } finally {
    process.exitCode = before;
    print.mockRestore();
  }
}

test('prints nothing if the work succeeds', () => {
  expect(outcome(() => undefined)).toEqual({ lines: [], exitCode: process.exitCode });
});

test('prints a wrong setting in one line, without a stack', () => {
  expect(outcome(() => readSettings(declarations, { DEMO_TAG: 'a\nb' }))).toEqual({
    exitCode: 1,
    lines: ['DEMO_TAG is "a\\nb", but must be an image tag such as v1'],
  });
});

test('prints a mistyped setting with the one that was meant', () => {
  expect(outcome(() => readSettings(declarations, { LOG_LEVEl: 'debug' }))).toEqual({
    exitCode: 1,
    lines: ['LOG_LEVEl is not a setting: use LOG_LEVEL, or unset LOG_LEVEl'],
  });
});

test('prints an unknown option in one line', () => {
  const { lines, exitCode } = outcome(() => parseArgs({ args: ['--replicas'], options: {} }));
  expect({ exitCode, lines }).toEqual({ exitCode: 1, lines: [expect.stringContaining("'--replicas'")] });
});

test('prints a line for each chart that breaks a rule of rolling updates, without a stack', () => {
  const { lines, exitCode } = outcome(() => render(homework(Testing.app(), { ...settings, replicas: 1 })));
  expect(exitCode).toBe(1);
  expect(lines.map((line) => line.split(' ')[0])).toEqual([
    '[online-inference-deployment-rolling-update/deployment]',
    '[online-inference-service/deployment]',
  ]);
  for (const line of lines) expect(line).toContain('maxUnavailable 1 is 1 of 1 replicas');
});

test('rethrows any other error', () => {
  const error = new TypeError('x is not a function');
  expect(() =>
    outcome(() => {
      throw error;
    }),
  ).toThrow(error);
});

test('the help lists each setting, and says that types are not checked', () => {
  const text = help(declarations);
  expect(text).toContain('Types are not checked');
  expect(text).toContain('  REPLICAS=3\n');
  expect(text).toContain('an integer from 2 to 100');
  expect(text.match(/^ {2}[A-Z_]+=/gm)).toHaveLength(Object.keys(declarations.properties).length);
});
