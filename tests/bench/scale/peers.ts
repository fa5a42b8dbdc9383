import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { scratch } from '../frame/peers';
import { helmSources } from '../synth/sources';
import { steps } from '../synth/steps';

/** The chart of the topic synth, whose every template is repeated as often as a value says. */
export function repeatedHelmChart(): string {
  const folder = scratch('scale', 'helm');
  const sources = Object.entries(helmSources(steps())).map(([file, text]): [string, string] =>
    file.startsWith('templates/')
      ? [
          file,
          `{{- range until (int .Values.copies) }}\n---\n${text.replaceAll('.Values', '$.Values')}{{- end }}\n`,
        ]
      : [file, text],
  );
  for (const [file, text] of sources) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  }
  return folder;
}
