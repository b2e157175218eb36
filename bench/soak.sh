#!/usr/bin/env bash
# 64 connections ask a server that loads every 20 seconds: see bench/README.md.
set -euo pipefail

seconds=${1:-600} movies=${2:-45466}
[[ $seconds =~ ^[1-9][0-9]*$ && $movies =~ ^[1-9][0-9]*$ ]] || { echo "usage: bench/soak.sh [SECONDS] [MOVIES]" >&2; exit 2; }
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp -d -t soak.XXXXXX)
server=''
# shellcheck disable=SC2317 # called by the trap
clean_up() {
    [[ -z $server ]] || { kill -TERM "$server" 2>/dev/null && wait "$server" 2>/dev/null; } || true
    rm -rf "$work"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
say() { echo "$*" >&2; }
address=http://127.0.0.1:5098

for project in src/CineLedger.Cli:cineledger bench/CineLedger.Measure:measure; do
    say "building ${project%:*}"
    dotnet publish "$root/${project%:*}" -c Release -r linux-x64 -o "$work/${project#*:}" -v quiet --nologo >&2
done
cineledger=$work/cineledger/cineledger
mkdir "$work/data"
for seed in 1 2; do
    "$cineledger" sample --movies "$movies" --seed "$seed" -o "$work/data/month-$seed.zip" 2>/dev/null
done
"$work/measure/CineLedger.Measure" vary "$work/data/month-1.zip" "$work/data/month-1-changed.zip"
"$cineledger" load "$work/data/month-1.zip" --store "$work/ledger.duckdb" 2>/dev/null
key=$("$cineledger" keys create soak --administrator --store "$work/ledger.duckdb" | tail -n 1)
"$cineledger" serve --store "$work/ledger.duckdb" --urls "$address" --load-from "$work/data" >/dev/null 2>"$work/server.log" &
server=$!
until curl -sf -o /dev/null "$address/health/ready"; do
    kill -0 "$server" 2>/dev/null || { cat "$work/server.log" >&2; exit 1; }
    sleep 0.1
done
say "64 connections for $seconds seconds"
status=0
"$work/measure/CineLedger.Measure" soak "$address" "$server" "$key" "$seconds" \
    "$work/data/month-1.zip" "$work/data/month-1-changed.zip" "$work/data/month-2.zip" || status=$?
sort "$work/server.log" | uniq -c | sort -rn | head -n 10 >&2
exit "$status"
