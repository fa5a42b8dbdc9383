import { allowed, variableOf } from '@online-inference/settings';
import type { TObject } from '@sinclair/typebox';

/** Returns the help of `npm run synth`: what it does, and each setting with its default and limits. */
export function help({ properties }: TObject): string {
  const settings = Object.entries(properties).map(
    ([setting, schema]) =>
      `  ${variableOf(setting)}=${String(schema.default)}\n    ${schema.description ?? ''}; ${allowed(schema)}`,
  );
  return `Usage: npm run synth

Writes the manifests and the Helm chart to dist/, and prints what an image change is predicted to do.
Types are not checked here: use \`npm run typecheck\`.

Settings, read from environment variables:
${settings.join('\n')}`;
}
