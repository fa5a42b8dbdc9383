import { createHash } from 'node:crypto';
import { Type } from '@sinclair/typebox';
import { builtIn, include } from './expression';
import { numericMarker, stringMarker } from './markers';

/** A map and its checksum. */
export interface Shared {
  /** The entries, or a reference to them. */
  readonly content: Record<string, string>;
  /** Hexadecimal SHA-256 of the content as JSON with sorted keys. */
  readonly sha256: string;
}

/** Names and labels of the objects of an installed chart. */
export interface Release {
  /** The name given to `helm install`. */
  readonly name: string;
  /** Name of the objects, of at most 63 characters: the release's name, followed by the chart's name unless it contains it. */
  readonly fullname: string;
  /** Labels of every object. */
  readonly labels: Record<string, string>;
  /** Labels of the pods. They do not contain the chart's version, so a new chart version alone does not replace pods. */
  readonly podLabels: Record<string, string>;
  /** Labels that only the pods of this release carry. They never change. */
  readonly selectorLabels: Record<string, string>;
  /** Version of the program. */
  readonly appVersion: string;
  /** Returns a map with its checksum. Helm computes the checksum after it has computed the map. */
  readonly share: (name: string, content: Record<string, string>) => Shared;
}

/** Declarations of the values that determine a release's names and labels. A chart's schema must contain them. */
export const releaseValues = {
  nameOverride: Type.String({
    default: '',
    pattern: '^([a-z]([-a-z0-9]{0,61}[a-z0-9])?)?$',
    title: 'a DNS label, or empty',
    description: "Name that replaces the chart's name",
  }),
  fullnameOverride: Type.String({
    default: '',
    pattern: '^([a-z]([-a-z0-9]{0,61}[a-z0-9])?)?$',
    title: 'a DNS label, or empty',
    description: 'Name of every object; replaces the names of the release and the chart',
  }),
  commonLabels: Type.Record(Type.String(), Type.String(), {
    default: {},
    propertyNames: {
      not: {
        pattern: '^(app\\.kubernetes\\.io/(name|instance|version|managed-by|component)|helm\\.sh/chart)$',
      },
    },
    description: "Labels of every object, added to the chart's own",
  }),
};

/** Returns the SHA-256 of a map as the template functions `toJson | sha256sum` compute it. */
export function sha256(content: Readonly<Record<string, string>>): string {
  const sorted = Object.fromEntries(Object.entries(content).sort(([a], [b]) => (a < b ? -1 : 1)));
  // Go escapes these characters in JSON
  const json = JSON.stringify(sorted).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return createHash('sha256').update(json).digest('hex');
}

/** Returns references to names and labels, which the chart's named templates compute. */
export function helmRelease(
  chart: string,
  define: (name: string, content: Readonly<Record<string, string>>) => void,
): Release {
  return {
    name: stringMarker(builtIn('Release.Name')),
    fullname: stringMarker(include(`${chart}.fullname`)),
    labels: namedMap(chart, 'labels'),
    podLabels: namedMap(chart, 'podLabels'),
    selectorLabels: namedMap(chart, 'selectorLabels'),
    appVersion: stringMarker(builtIn('Chart.AppVersion')),
    share: (name, content) => {
      define(name, content);
      const yaml = include(`${chart}.${name}`);
      return {
        content: namedMap(chart, name),
        sha256: stringMarker({
          yields: 'string',
          text: (root) => `${yaml.text(root)} | fromYaml | toJson | sha256sum`,
        }),
      };
    },
  };
}

/** Returns a reference to the number that a named template of the chart returns. */
export function namedNumber(chart: string, template: string): number {
  return numericMarker(include(`${chart}.${template}`, 'integer'));
}

/** Returns a reference to the map that a named template of the chart returns. */
export function namedMap(chart: string, template: string): Record<string, string> {
  const key = stringMarker(include(`${chart}.${template}`, 'map'));
  return { [key]: key };
}

/**
 * Returns `_helpers.tpl`: the names and labels of `helm create`. Strings are quoted, because a release may be named `123`.
 *
 * @param labels labels of every object, besides the recommended ones
 */
export function helpers(chart: string, labels: Readonly<Record<string, string>>): string {
  const own = Object.entries(labels).map(([key, value]) => `${key}: ${JSON.stringify(value)}\n`);
  return `{{/*
Name of the chart, or the name that replaces it.
*/}}
{{- define "${chart}.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
{{- end }}

{{/*
Name of the release's objects. A Kubernetes name has at most 63 characters.
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
Labels of every object.
*/}}
{{- define "${chart}.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" | quote }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
{{ include "${chart}.podLabels" . }}
{{- end }}

{{/*
Labels of the pods. They do not change when only the chart's version changes.
*/}}
{{- define "${chart}.podLabels" -}}
{{ include "${chart}.selectorLabels" . }}
app.kubernetes.io/managed-by: {{ .Release.Service | quote }}
${own.join('')}{{- with .Values.commonLabels }}
{{- toYaml . | nindent 0 }}
{{- end }}
{{- end }}

{{/*
Labels that only the pods of the release carry.
*/}}
{{- define "${chart}.selectorLabels" -}}
app.kubernetes.io/name: {{ include "${chart}.name" . | quote }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
{{- end }}
`;
}
