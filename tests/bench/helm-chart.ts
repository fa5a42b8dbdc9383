import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { distFiles, ROOT } from '../kit/dist';

/** Replicas in the committed dist/. */
export const REPLICAS = 3;

/**
 * Writes a Helm chart that makes the objects of dist/: a template for each file, values for the settings.
 *
 * @param repeated whether each template is repeated as often as the value `copies` says
 */
export function writeHelmChart(folder: string, repeated = false): void {
  mkdirSync(path.join(folder, 'templates'));
  writeFileSync(path.join(folder, 'Chart.yaml'), 'apiVersion: v2\nname: homework\nversion: 1.0.0\n');
  writeFileSync(path.join(folder, 'values.yaml'), `steadyTag: v1\ndemoTag: v2\nreplicas: ${REPLICAS}\n`);
  for (const file of distFiles()) {
    const template = readFileSync(path.join(ROOT, 'dist', file), 'utf8')
      .replaceAll(`replicas: ${REPLICAS}\n`, 'replicas: {{ $.Values.replicas }}\n')
      .replace(/image: (.*):v1$/gm, 'image: $1:{{ $.Values.steadyTag }}')
      .replace(/image: (.*):v2$/gm, 'image: $1:{{ $.Values.demoTag }}');
    const loop = `{{- range until (int .Values.copies) }}\n---\n${template}{{- end }}\n`;
    writeFileSync(path.join(folder, 'templates', file), repeated ? loop : template);
  }
}
