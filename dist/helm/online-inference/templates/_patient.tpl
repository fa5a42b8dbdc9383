{{/*
A patient, as the query of a prediction.
*/}}
{{- define "online-inference.patient" -}}
age=63&sex=1&cp=0&chol=233&restecg=2&thalach=150&exang=0&slope=2&ca=0&thal=1
{{- end }}
