import { SettingsError } from '@online-inference/settings';
import { InputError } from '@online-inference/rollout';

/** How cdk8s opens the error that lists what constructs' own validation found. */
const VALIDATION = 'Validation failed with the following errors:\n';

/**
 * Runs the work and ends with exit code 1 where a person is to mend something: a wrong
 * setting or a rule that a chart breaks is told in a line each. Any other error is ours, and keeps its stack.
 */
export function explainFailure(work: () => void): void {
  try {
    work();
  } catch (error) {
    const explained =
      error instanceof SettingsError ||
      error instanceof InputError ||
      (error instanceof Error && error.message.startsWith(VALIDATION));
    if (!explained) {
      throw error;
    }
    console.error(error.message.replace(VALIDATION, '').replace(/^ +/gm, ''));
    process.exitCode = 1;
  }
}
