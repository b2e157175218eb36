#!/usr/bin/env bash
# Renders the chart for cineledger.yaml and prints it: with helm if it is installed, otherwise with Go templates and sprig, helm's own engine, which
# Debian packages (golang-1.19-go, golang-github-masterminds-sprig-dev). Usage: ./render.sh [VALUES.yaml…]
set -euo pipefail
cd "$(dirname "$0")"
chart=../helm/cineledger
# The chart contains a copy, because helm reads no files outside the chart.
cmp -s ../monitoring/alerts.yml "$chart/files/alerts.yml" || cp ../monitoring/alerts.yml "$chart/files/alerts.yml"
if command -v helm >/dev/null; then
    exec helm template cineledger "$chart" --namespace cineledger $(printf -- ' --values %s' "${@:-values.yaml}")
fi
renderer=$(mktemp -d)
trap 'rm -rf "$renderer"' EXIT
GO111MODULE=off GOPATH=/usr/share/gocode GOCACHE="${GOCACHE:-$renderer/cache}" /usr/lib/go-1.19/bin/go build -o "$renderer/render" \
    ../../tests/CineLedger.SystemTests/Deployment/chart/render.go
"$renderer/render" "$chart" cineledger cineledger "${@:-values.yaml}"
