import { Testing } from 'cdk8s';
import { homework } from '../../charts';
import { readSettings } from '@online-inference/settings';
import { declarations } from '../../settings';
import { explainFailure } from './explain-failure';
import { settings } from '../../__tests__/support/synth';

/** What is told on standard error, and the exit code that the process would end with. */
function told(work: () => void): { lines: string[]; exitCode: typeof process.exitCode } {
  const print = jest.spyOn(console, 'error').mockReturnValue();
  const before = process.exitCode;
  try {
    explainFailure(work);
    return {
      lines: print.mock.calls.flat().join('\n').split('\n').filter(Boolean),
      exitCode: process.exitCode,
    };
  } finally {
    process.exitCode = before;
    print.mockRestore();
  }
}

test('work that succeeds is told nothing of', () => {
  expect(told(() => undefined)).toEqual({ lines: [], exitCode: process.exitCode });
});

test('a wrong setting is one line, without a stack', () => {
  const { lines, exitCode } = told(() => readSettings(declarations, { DEMO_TAG: 'a\nb' }));
  expect(exitCode).toBe(1);
  expect(lines).toEqual([
    expect.stringMatching(/^DEMO_TAG is "a\\nb", but must be an image tag such as v1$/),
  ]);
});

test('REPLICAS=1 breaks the rule of rolling: a line for each chart that does, without a stack', () => {
  const { lines, exitCode } = told(() => {
    const app = Testing.app();
    homework(app, { ...settings, replicas: 1 });
    app.synth();
  });
  expect(exitCode).toBe(1);
  const rule =
    'rolling: maxUnavailable 1 is 1 of 1 replicas: all old pods could go at once, it must be less than the replicas';
  expect(lines).toEqual([
    `[online-inference-deployment-rolling-update/deployment] ${rule}`,
    `[online-inference-service/deployment] ${rule}`,
  ]);
});

test('an error that is no fault of the user keeps its stack', () => {
  const ours = new TypeError('x is not a function');
  expect(() =>
    told(() => {
      throw ours;
    }),
  ).toThrow(ours);
});
