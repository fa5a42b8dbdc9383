import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { distFiles, ROOT } from '../kit/dist';
import { output } from '../kit/process';
import { scratch } from './measure';

/** Replicas in the committed dist/. */
export const REPLICAS = 3;

/**
 * Writes a Helm chart that renders the objects of dist/, with values for the settings.
 *
 * @param repeated whether to repeat each template as often as the value `copies` says
 * @returns the chart's folder, the path of helm and its version
 */
export async function helmChart(
  repeated = false,
): Promise<{ folder: string; helm: string; version: string }> {
  const folder = scratch('helm');
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
  const helm = (await output(path.join(ROOT, 'scripts/tools/helm'), [])).trim();
  const version = await output(helm, ['version', '--template={{.Version}}']);
  return { folder, helm, version: version.slice(1) };
}
