{{- define "cineledger.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 50 | trimSuffix "-" -}}
{{- end -}}

{{- define "cineledger.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 50 | trimSuffix "-" -}}
{{- else if contains (include "cineledger.name" .) .Release.Name -}}
{{- .Release.Name | trunc 50 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name (include "cineledger.name" .) | trunc 50 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "cineledger.selector" -}}
app.kubernetes.io/name: {{ include "cineledger.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "cineledger.labels" -}}
{{ include "cineledger.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | quote }}
{{- end -}}

{{- define "cineledger.image" -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end -}}

{{- define "cineledger.serviceAccount" -}}
{{- if .Values.serviceAccount.create -}}
{{ default (include "cineledger.fullname" .) .Values.serviceAccount.name }}
{{- else -}}
{{ default "default" .Values.serviceAccount.name }}
{{- end -}}
{{- end -}}

{{/* The ledger's address: from the values, or the services of CloudNativePG's cluster. */}}
{{- define "cineledger.store" -}}
{{- if .Values.store.address -}}
{{ .Values.store.address }}
{{- else if .Values.cloudNativePG.enabled -}}
postgres://cineledger@{{ include "cineledger.fullname" . }}-db-rw/movies
{{- else -}}
{{- fail "store.address is empty: set it to the ledger's address, postgres://user@host/movies, or set cloudNativePG.enabled." -}}
{{- end -}}
{{- end -}}

{{- define "cineledger.readStore" -}}
{{- if .Values.store.readAddress -}}
{{ .Values.store.readAddress }}
{{- else if and .Values.cloudNativePG.enabled (not .Values.store.address) -}}
postgres://cineledger@{{ include "cineledger.fullname" . }}-db-ro,{{ include "cineledger.fullname" . }}-db-rw/movies
{{- end -}}
{{- end -}}

{{- define "cineledger.secret" -}}
{{- if .Values.store.existingSecret -}}
{{ .Values.store.existingSecret }}
{{- else if and .Values.cloudNativePG.enabled (not .Values.store.address) -}}
{{ include "cineledger.fullname" . }}-db-app
{{- else -}}
{{ include "cineledger.fullname" . }}
{{- end -}}
{{- end -}}

{{/* The password of the role that reads and loads. */}}
{{- define "cineledger.password" -}}
- name: PGPASSWORD
  valueFrom:
    secretKeyRef:
      name: {{ include "cineledger.secret" . }}
      key: {{ .Values.store.secretKey }}
{{- end -}}

{{- define "cineledger.podSecurity" -}}
runAsNonRoot: true
runAsUser: 1654
runAsGroup: 1654
fsGroup: 1654
seccompProfile:
  type: RuntimeDefault
{{- end -}}

{{- define "cineledger.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end -}}
