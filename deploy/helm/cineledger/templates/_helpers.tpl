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
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}{{ with .Values.image.digest }}@{{ . }}{{ end }}
{{- end -}}

{{- define "cineledger.serviceAccount" -}}
{{- if .Values.serviceAccount.create -}}
{{ default (include "cineledger.fullname" .) .Values.serviceAccount.name }}
{{- else -}}
{{ default "default" .Values.serviceAccount.name }}
{{- end -}}
{{- end -}}

{{/* Whether the ledger is in the cluster of CloudNativePG. */}}
{{- define "cineledger.hasCluster" -}}
{{- if and .Values.cloudNativePG.enabled (not .Values.store.address) -}}true{{- end -}}
{{- end -}}

{{/*
The address for a purpose: "" for the nodes, "load" or "owner". Each has a login of its own. Arguments: the root, the purpose, the user in CloudNativePG's cluster.
*/}}
{{- define "cineledger.address" -}}
{{- $root := index . 0 -}}
{{- $key := eq (index . 1) "" | ternary "address" (printf "%sAddress" (index . 1)) -}}
{{- if include "cineledger.hasCluster" $root -}}
postgres://{{ index . 2 }}@{{ include "cineledger.fullname" $root }}-db-rw/movies
{{- else -}}
{{ get $root.Values.store $key | required (printf "store.%s is empty: set it to the ledger's address with the login for this purpose, postgres://user@host/movies, or set cloudNativePG.enabled." $key) }}
{{- end -}}
{{- end -}}

{{- define "cineledger.store" -}}
{{- include "cineledger.address" (list . "" "cineledger_api") -}}
{{- end -}}

{{- define "cineledger.loadStore" -}}
{{- include "cineledger.address" (list . "load" "cineledger_load") -}}
{{- end -}}

{{- define "cineledger.ownerStore" -}}
{{- include "cineledger.address" (list . "owner" "cineledger") -}}
{{- end -}}

{{- define "cineledger.readStore" -}}
{{- if include "cineledger.hasCluster" . -}}
postgres://cineledger_api@{{ include "cineledger.fullname" . }}-db-ro,{{ include "cineledger.fullname" . }}-db-rw/movies
{{- else -}}
{{ .Values.store.readAddress }}
{{- end -}}
{{- end -}}

{{/* The login in an address. */}}
{{- define "cineledger.login" -}}
{{- regexFind "^[a-z]+://[^@/]*@" . | trimSuffix "@" | splitList "/" | last -}}
{{- end -}}

{{/* Nodes that log in as the owner could drop the tables, and their SQL could read every one. */}}
{{- define "cineledger.checkLogins" -}}
{{- range list "owner" "load" -}}
{{- $other := get $.Values.store (printf "%sAddress" .) -}}
{{- if and $.Values.store.address $other (eq (include "cineledger.login" $.Values.store.address) (include "cineledger.login" $other)) -}}
{{- fail (printf "store.address and store.%sAddress have the same login: give the nodes a login of their own that may only read (GRANT cineledger_reader)." .) -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* The name of the secret for a purpose. Arguments: the root, the purpose as above, the name in the values, the suffix of the chart's own secret. */}}
{{- define "cineledger.secret" -}}
{{- $root := index . 0 -}}
{{- if get $root.Values.store (index . 2) -}}
{{ get $root.Values.store (index . 2) }}
{{- else if and (include "cineledger.hasCluster" $root) (eq (index . 1) "owner") -}}
{{ include "cineledger.fullname" $root }}-db-app
{{- else -}}
{{ include "cineledger.fullname" $root }}-{{ index . 3 }}
{{- end -}}
{{- end -}}

{{/* The passwords of the roles that read, load and own. Each pod gets one of them. */}}
{{- define "cineledger.password" -}}
- name: PGPASSWORD
  valueFrom:
    secretKeyRef:
      name: {{ include "cineledger.secret" (list . "" "existingSecret" "api") }}
      key: {{ .Values.store.secretKey }}
{{- end -}}

{{- define "cineledger.loadPassword" -}}
- name: PGPASSWORD
  valueFrom:
    secretKeyRef:
      name: {{ include "cineledger.secret" (list . "load" "loadSecret" "load") }}
      key: {{ .Values.store.loadSecretKey }}
{{- end -}}

{{- define "cineledger.ownerPassword" -}}
- name: PGPASSWORD
  valueFrom:
    secretKeyRef:
      name: {{ include "cineledger.secret" (list . "owner" "ownerSecret" "owner") }}
      key: {{ .Values.store.ownerSecretKey }}
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
