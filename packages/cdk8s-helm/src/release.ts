import { createHash } from 'node:crypto';
import { Type } from '@sinclair/typebox';
import { builtIn, include } from './expression';
import { marker, numericMarker } from './references';

/** A map that is written once, and that others know by its checksum. */
export interface Shared {
  readonly content: Record<string, string>;
  /** SHA-256 of the content as JSON with sorted keys, in hexadecimal. */
  readonly sha256: string;
}

/** How the objects of a chart are called and labelled, by whoever installs it. */
export interface Release {
  /** What whoever installs it calls the release. */
  readonly name: string;
  /** The name of its objects: the release's, and the chart's where that does not hold it. At most 63 characters. */
  readonly fullname: string;
  /** What every object carries. */
  readonly labels: Record<string, string>;
  /** What the release's pods carry. A new version of the chart alone does not change them, and so replaces no pod. */
  readonly podLabels: Record<string, string>;
  /** What the pods of this release carry, and no others. They never change. */
  readonly selectorLabels: Record<string, string>;
  /** The version of the program that the chart was made for. */
  readonly appVersion: string;
  /** Names a map, so that its checksum can be taken where Helm has filled it in. */
  readonly share: (name: string, content: Record<string, string>) => Shared;
}

/** The values that the names and labels of a Helm chart need. */
export const releaseValues = {
  nameOverride: Type.String({
    default: '',
    pattern: '^([a-z]([-a-z0-9]{0,61}[a-z0-9])?)?$',
    title: 'a DNS label, or empty',
    description: "Name in place of the chart's",
  }),
  fullnameOverride: Type.String({
    default: '',
    pattern: '^([a-z]([-a-z0-9]{0,61}[a-z0-9])?)?$',
    title: 'a DNS label, or empty',
    description: "Name of every object, in place of the release's and the chart's",
  }),
  commonLabels: Type.Record(Type.String(), Type.String(), {
    default: {},
    propertyNames: {
      not: {
        pattern: '^(app\\.kubernetes\\.io/(name|instance|version|managed-by|component)|helm\\.sh/chart)$',
      },
    },
    description: 'Labels that every object carries besides its own',
  }),
};

/** SHA-256 of a map as the template functions `toJson | sha256sum` take it. */
export function sha256(content: Readonly<Record<string, string>>): string {
  const sorted = Object.fromEntries(Object.entries(content).sort(([a], [b]) => (a < b ? -1 : 1)));
  // Go writes these as escapes, so that JSON can stand in HTML.
  const json = JSON.stringify(sorted).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return createHash('sha256').update(json).digest('hex');
}

/** Names and labels as Helm works them out, by the chart's named templates. */
export function helmRelease(
  chart: string,
  define: (name: string, content: Readonly<Record<string, string>>) => void,
): Release {
  return {
    name: marker({ kind: 'expression', expression: builtIn('Release.Name') }),
    fullname: namedText(chart, 'fullname'),
    labels: namedMap(chart, 'labels'),
    podLabels: namedMap(chart, 'podLabels'),
    selectorLabels: namedMap(chart, 'selectorLabels'),
    appVersion: marker({ kind: 'expression', expression: builtIn('Chart.AppVersion') }),
    share: (name, content) => {
      define(name, content);
      const yaml = include(`${chart}.${name}`);
      return {
        content: namedMap(chart, name),
        sha256: marker({
          kind: 'expression',
          expression: {
            yields: 'string',
            text: (root) => `${yaml.text(root)} | fromYaml | toJson | sha256sum`,
          },
        }),
      };
    },
  };
}

/** A text that a named template of the chart makes. */
export function namedText(chart: string, template: string): string {
  return marker({ kind: 'expression', expression: include(`${chart}.${template}`) });
}

/** A number that a named template of the chart makes. */
export function namedNumber(chart: string, template: string): number {
  return numericMarker(include(`${chart}.${template}`, 'integer'));
}

/** A map that a named template of the chart makes. */
export function namedMap(chart: string, template: string): Record<string, string> {
  const key = marker({ kind: 'expression', expression: include(`${chart}.${template}`, 'map') });
  return { [key]: key };
}

/** _helpers.tpl: the names and labels that `helm create` makes, with texts quoted, as a release may be called `123`. */
export function helpers(chart: string, labels: Readonly<Record<string, string>>): string {
  const own = Object.entries(labels).map(([key, value]) => `${key}: ${JSON.stringify(value)}\n`);
  return `{{/*
The chart's name, or what it is to be called instead.
*/}}
{{- define "${chart}.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
{{- end }}

{{/*
What the release's objects are called. A name of Kubernetes has at most 63 characters.
*/}}
{{- define "${chart}.fullname" -}}
{{- if .Values.fullnameOverride }}
{{- .Values.fullnameOverride | trunc 63 | trimSuffix "-" }}
{{- else }}
{{- $name := default .Chart.Name .Values.nameOverride }}
{{- if contains $name .Release.Name }}
{{- .Release.Name | trunc 63 | trimSuffix "-" }}
{{- else }}
{{- printf "%s-%s" .Release.Name $name | trunc 63 | trimSuffix "-" }}
{{- end }}
{{- end }}
{{- end }}

{{/*
The labels of every object.
*/}}
{{- define "${chart}.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" | quote }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
{{ include "${chart}.podLabels" . }}
{{- end }}

{{/*
The labels of the pods, which stay as they are when only the chart's version changes.
*/}}
{{- define "${chart}.podLabels" -}}
{{ include "${chart}.selectorLabels" . }}
app.kubernetes.io/managed-by: {{ .Release.Service | quote }}
${own.join('')}{{- with .Values.commonLabels }}
{{- toYaml . | nindent 0 }}
{{- end }}
{{- end }}

{{/*
The labels that tell the release's pods from all others.
*/}}
{{- define "${chart}.selectorLabels" -}}
app.kubernetes.io/name: {{ include "${chart}.name" . | quote }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
{{- end }}
`;
}
