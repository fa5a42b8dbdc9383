import { InputError } from '@online-inference/rollout';
import { SettingsError } from '@online-inference/settings';

/** First line of the cdk8s error that lists what the validation of constructs found. */
const VALIDATION = 'Validation failed with the following errors:\n';

/**
 * Runs `work`. For a user error it sets exit code 1 and prints the message without a stack: a wrong
 * setting or option, or a line for each rule that a chart breaks. Rethrows any other error.
 */
export function explainFailure(work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!isUserError(error)) throw error;
    console.error(error.message.replace(VALIDATION, '').replace(/^ +/gm, ''));
    process.exitCode = 1;
  }
}

function isUserError(error: unknown): error is Error {
  const { code, message } = Object(error) as Partial<NodeJS.ErrnoException>;
  return (
    error instanceof SettingsError ||
    error instanceof InputError ||
    message?.startsWith(VALIDATION) === true ||
    code?.startsWith('ERR_PARSE_ARGS') === true
  );
}
