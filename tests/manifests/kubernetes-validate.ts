import path from 'node:path';
import type { Finding, Report } from './findings';

const LINE = /^(INFO|ERROR|WARN) (\S+) (.*)$/gm;
const INVALID = /^did not validate for resource (\S+) against version \S+: (.*)$/;
const UNKNOWN = /^Couldn't find schema for kind (\S+)/;

/** The arguments to hold files against a version of Kubernetes, refusing fields that it does not have. */
export function kubernetesValidateArguments(version: string, files: readonly string[]): string[] {
  return ['-m', 'kubernetes_validate', '--strict', '--kubernetes-version', version, ...files];
}

/**
 * What kubernetes-validate prints, a line for each object.
 *
 * @throws Error for an object that it could not hold against a schema, whatever the reason
 */
export function readKubernetesValidate(output: string, sourceOf: (slug: string) => string): Report {
  const lines = [...output.matchAll(LINE)].map(([, level = '', file = '', text = '']) => ({
    level,
    text,
    source: sourceOf(path.basename(file, '.yaml')),
  }));
  return {
    seen: new Set(lines.map(({ source }) => source)),
    findings: lines
      .filter(({ level }) => level !== 'INFO')
      .map(({ text, source }): Finding => {
        const [, object, message = ''] = INVALID.exec(text) ?? [];
        const [, kind] = UNKNOWN.exec(text) ?? [];
        if (object !== undefined) {
          return { check: 'kubernetes-validate invalid', source, object, message };
        }
        if (kind !== undefined) {
          return {
            check: 'kubernetes-validate no-schema',
            source,
            object: kind.toLowerCase(),
            message: text,
          };
        }
        throw new Error(`kubernetes-validate on ${source}: ${text}`);
      }),
  };
}
