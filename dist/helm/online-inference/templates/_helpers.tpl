{{/*
Name of the chart, or the name that replaces it.
*/}}
{{- define "online-inference.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
{{- end }}

{{/*
Name of the release's objects. A Kubernetes name has at most 63 characters.
*/}}
{{- define "online-inference.fullname" -}}
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
{{- define "online-inference.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" | quote }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
{{ include "online-inference.podLabels" . }}
{{- end }}

{{/*
Labels of the pods. They do not change when only the chart's version changes.
*/}}
{{- define "online-inference.podLabels" -}}
{{ include "online-inference.selectorLabels" . }}
app.kubernetes.io/managed-by: {{ .Release.Service | quote }}
app.kubernetes.io/component: "model-server"
{{- with .Values.commonLabels }}
{{- toYaml . | nindent 0 }}
{{- end }}
{{- end }}

{{/*
Labels that only the pods of the release carry.
*/}}
{{- define "online-inference.selectorLabels" -}}
app.kubernetes.io/name: {{ include "online-inference.name" . | quote }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
{{- end }}

{{- define "online-inference.config" -}}
DECISION_THRESHOLD: {{ .Values.config.decisionThreshold | quote }}
DRAIN_DELAY_SECONDS: {{ .Values.config.drainDelaySeconds | quote }}
LOG_LEVEL: {{ .Values.config.logLevel | quote }}
{{- end }}
