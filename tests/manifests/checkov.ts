import path from 'node:path';
import type { Finding, Report } from './findings';

interface Checked {
  readonly check_id: string;
  readonly check_name: string;
  readonly file_path: string;
  /** Kind, namespace and name, with dots between them. */
  readonly resource: string;
}

/** The arguments to run every check over a folder but those that checkov.yaml leaves out. */
export function checkovArguments(folder: string): string[] {
  const settings = path.join(__dirname, 'checkov.yaml');
  return ['-m', 'checkov.main', '--config-file', settings, '--directory', folder];
}

/** What checkov's JSON says. */
export function readCheckov(output: string, sourceOf: (slug: string) => string): Report {
  const { results } = JSON.parse(output) as {
    results: Record<'passed_checks' | 'failed_checks', readonly Checked[]> & {
      readonly parsing_errors: readonly string[];
    };
  };
  const [unread] = results.parsing_errors;
  if (unread !== undefined) {
    throw new Error(`checkov cannot read ${unread}`);
  }
  const source = ({ file_path }: Checked): string => sourceOf(path.basename(file_path, '.yaml'));
  return {
    seen: new Set([...results.passed_checks, ...results.failed_checks].map(source)),
    findings: results.failed_checks.map((checked): Finding => {
      const [kind = '', , ...name] = checked.resource.split('.');
      return {
        check: `checkov ${checked.check_id}`,
        source: source(checked),
        object: `${kind.toLowerCase()}/${name.join('.')}`,
        message: checked.check_name,
      };
    }),
  };
}
