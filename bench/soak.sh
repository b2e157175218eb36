#!/usr/bin/env bash
# Sends requests over 64 connections to a server that loads every 20 seconds: see bench/README.md.
# shellcheck source-path=SCRIPTDIR
set -euo pipefail

seconds=${1:-600} movies=${2:-45466}
[[ $seconds =~ ^[1-9][0-9]*$ && $movies =~ ^[1-9][0-9]*$ ]] || { echo "usage: bench/soak.sh [SECONDS] [MOVIES]" >&2; exit 2; }
# shellcheck source=common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
begin soak
address=http://127.0.0.1:5098

publish cineledger measure
mkdir "$work/data"
for seed in 1 2; do
    "$cineledger" sample --movies "$movies" --seed "$seed" -o "$work/data/month-$seed.zip" 2>/dev/null
done
"$measure" vary "$work/data/month-1.zip" "$work/data/month-1-changed.zip"
"$cineledger" load "$work/data/month-1.zip" --store "$work/ledger.duckdb" 2>/dev/null
key=$("$cineledger" keys create soak --administrator --store "$work/ledger.duckdb" | tail -n 1)
start_server "$work/ledger.duckdb" "$address" --load-from "$work/data"
say "64 connections for $seconds seconds"
status=0
"$measure" soak "$address" "$server" "$key" "$seconds" \
    "$work/data/month-1.zip" "$work/data/month-1-changed.zip" "$work/data/month-2.zip" || status=$?
sort "$work/server.log" | uniq -c | sort -rn | head -n 10 >&2
exit "$status"
