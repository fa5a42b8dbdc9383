{{/*
Number of pods for a count or a percentage of the replicas. Takes a dict of value, replicas and up: true rounds up, as
Kubernetes does for maxSurge, and false rounds down, as it does for maxUnavailable. 25% of 3 is 1 up, and 0 down.
*/}}
{{- define "online-inference.podsOf" -}}
{{- $value := toString .value }}
{{- if hasSuffix "%" $value }}
{{- $hundredths := mul (trimSuffix "%" $value | int64) .replicas }}
{{- div (ternary (add $hundredths 99) $hundredths .up) 100 }}
{{- else }}
{{- $value }}
{{- end }}
{{- end }}

{{/*
Seconds that a new pod must be ready before it counts as available. In a blue-green rollout the first available pod
removes an old pod, so all new pods must be ready before that.
*/}}
{{- define "online-inference.minReadySeconds" -}}
{{- $strategy := .Values.strategy }}
{{- if eq $strategy.type "blue-green" }}
{{- add $strategy.readySpreadSeconds $strategy.overlapSeconds }}
{{- else }}
{{- $strategy.minReadySeconds }}
{{- end }}
{{- end }}

{{/*
Violations of the strategy rolling, one a line. Takes a dict of strategy and replicas.
*/}}
{{- define "online-inference.rollingViolations" -}}
{{- $surge := include "online-inference.podsOf" (dict "value" .strategy.maxSurge "replicas" .replicas "up" true) | int }}
{{- $unavailable := include "online-inference.podsOf" (dict "value" .strategy.maxUnavailable "replicas" .replicas "up" false) | int }}
{{- if and (eq $surge 0) (eq $unavailable 0) }}
{{- $unavailable = 1 }}
{{- end }}
{{- if lt $surge 1 }}
rolling: maxSurge {{ .strategy.maxSurge }} is {{ $surge }} of {{ .replicas }} replicas: no new pod could start before an old pod goes, it must be at least 1
{{- end }}
{{- if lt $unavailable 1 }}
rolling: maxUnavailable {{ .strategy.maxUnavailable }} is {{ $unavailable }} of {{ .replicas }} replicas: no old pod could go before a new pod is available, it must be at least 1
{{- end }}
{{- if ge $unavailable .replicas }}
rolling: maxUnavailable {{ .strategy.maxUnavailable }} is {{ $unavailable }} of {{ .replicas }} replicas: all old pods could go at once, it must be less than replicas
{{- end }}
{{- end }}

{{/*
Violations of the PodDisruptionBudget, one a line. Takes a dict of budget and replicas. Kubernetes rounds both
percentages up.
*/}}
{{- define "online-inference.budgetViolations" -}}
{{- if .budget.minAvailable }}
{{- $stay := include "online-inference.podsOf" (dict "value" .budget.minAvailable "replicas" .replicas "up" true) | int }}
{{- if ge $stay .replicas }}
podDisruptionBudget: minAvailable {{ .budget.minAvailable }} is {{ $stay }} of {{ .replicas }} replicas: no pod could be evicted and no node drained, it must be less than replicas
{{- end }}
{{- else if has (toString .budget.maxUnavailable) (list "0" "0%") }}
podDisruptionBudget: maxUnavailable {{ .budget.maxUnavailable }}: no pod could be evicted and no node drained, it must be at least 1
{{- end }}
{{- end }}

{{/*
All violations in the values, one a line.
*/}}
{{- define "online-inference.violations" -}}
{{- $scaling := .Values.autoscaling }}
{{- $counts := ternary (list $scaling.minReplicas $scaling.maxReplicas) (list .Values.replicaCount) $scaling.enabled }}
{{- if and $scaling.enabled (gt (int $scaling.minReplicas) (int $scaling.maxReplicas)) }}
autoscaling: minReplicas {{ $scaling.minReplicas }} is greater than maxReplicas {{ $scaling.maxReplicas }}
{{- end }}
{{- if eq .Values.strategy.type "rolling" }}
{{- range $replicas := $counts }}
{{- include "online-inference.rollingViolations" (dict "strategy" $.Values.strategy "replicas" (int $replicas)) }}
{{- end }}
{{- end }}
{{- $least := first $counts | int }}
{{- if and .Values.podDisruptionBudget.enabled (gt $least 0) }}
{{- include "online-inference.budgetViolations" (dict "budget" .Values.podDisruptionBudget "replicas" $least) }}
{{- end }}
{{- $ready := include "online-inference.minReadySeconds" . | int }}
{{- if le (int .Values.progressDeadlineSeconds) $ready }}
progressDeadlineSeconds {{ .Values.progressDeadlineSeconds }} must be greater than the {{ $ready }} s that a new pod must be ready
{{- end }}
{{- if and (eq .Values.service.type "ClusterIP") .Values.service.nodePort }}
service: nodePort {{ .Values.service.nodePort }} needs service.type NodePort or LoadBalancer
{{- end }}
{{- end }}

{{/*
The Deployment's strategy. Fails if the values violate its rules.
*/}}
{{- define "online-inference.strategy" -}}
{{- $violations := include "online-inference.violations" . | trim }}
{{- if $violations }}
{{- splitList "\n" $violations | uniq | join "\n" | fail }}
{{- end }}
{{- $strategy := .Values.strategy }}
{{- if eq $strategy.type "free" }}
{{- toYaml $strategy.free }}
{{- else -}}
type: RollingUpdate
rollingUpdate:
{{- if eq $strategy.type "blue-green" }}
  maxSurge: 100%
  maxUnavailable: 0
{{- else }}
  maxSurge: {{ toJson $strategy.maxSurge }}
  maxUnavailable: {{ toJson $strategy.maxUnavailable }}
{{- end }}
{{- end }}
{{- end }}
