#!/usr/bin/env bash
# Compares the server with an empty endpoint and with its SQL alone, and measures the time to the first response: see bench/README.md.
# shellcheck source-path=SCRIPTDIR
set -euo pipefail

zip=${1:-} rounds=${2:-3}
[[ -r $zip && $rounds =~ ^[1-9][0-9]*$ ]] || { echo "usage: bench/serve.sh ZIP [ROUNDS]" >&2; exit 2; }
# shellcheck source=common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
begin serve
# shellcheck source=compare-postgres.sh
source "$here/compare-postgres.sh"
median() { sort -n | awk '{ v[NR] = $1 } END { print (v[int((NR + 1) / 2)] + v[int(NR / 2) + 1]) / 2 }'; }

port=5099
address=http://127.0.0.1:$port

# Starts a server on a store and requests a report until it succeeds; records the milliseconds since the start of the process.
start_timed() { # STORE OPTION KIND
    local start=$EPOCHREALTIME end
    "$cineledger" serve --store "$1" --urls "$address" "$2" >/dev/null 2>"$work/server.log" &
    server=$!
    until curl -sf -o /dev/null "$address/api/v1/reports/genres"; do
        kill -0 "$server" 2>/dev/null || { cat "$work/server.log" >&2; exit 1; }
    done
    end=$EPOCHREALTIME
    echo "$(((${end/./} - ${start/./}) / 1000))" >>"$work/started-$3"
}

# Measures requests a second of an address, with 32 connections for eight seconds.
rate() { # NAME URL [HEADER]
    wrk -t 1 -c 32 -d 8s ${3:+-H "$3"} "$2" | awk -v name="$1" '/Requests\/sec/ { print $2 >> "'"$work"'/rate-" name } /Non-2xx/ && name != "unchanged" { exit 1 }'
}

for package in wrk curl; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || apt-get install -y -qq "$package" >&2
done
publish cineledger measure

say "loading"
"$cineledger" load "$zip" --store "$work/ledger.duckdb" 2>/dev/null
start_postgres
fresh_database
"$cineledger" load "$zip" --store "$database_url" 2>/dev/null

for ((round = 1; round <= rounds; round++)); do
    for store in "$work/ledger.duckdb" "$database_url"; do
        kind=$([[ $store == *.duckdb ]] && echo duckdb || echo postgres)
        say "start, round $round, $kind"
        start_timed "$store" --read-only "$kind"
        stop_server
    done
done

start_timed "$work/ledger.duckdb" --read-only duckdb
# A large response (all genres since 2000) and a small one, as for a small chart or table.
large="$address/api/v1/reports/genres?from=2000" small="$address/api/v1/reports/genres?from=2016&limit=20"
tag=$(curl -si "$large" | tr -d '\r' | sed -n 's/^ETag: //Ip')
bytes() { curl -s "$@" | wc -c; }
sizes="bodies: large $(bytes "$large"), brotli $(bytes -H 'Accept-Encoding: br' "$large"); small $(bytes "$small") bytes"
for ((round = 1; round <= rounds; round++)); do
    say "requests a second, round $round"
    rate empty "$address/health/live"
    rate small "$small"
    rate large "$large"
    rate compressed "$large" "Accept-Encoding: br"
    rate unchanged "$large" "If-None-Match: $tag"
done
say "uncached, DuckDB"
"$measure" served "$address" "$work/ledger.duckdb" 11 >"$work/duckdb.md"
stop_server
start_timed "$database_url" --read-only postgres
say "uncached, PostgreSQL"
"$measure" served "$address" "$database_url" 11 >"$work/postgres.md"
stop_server

echo "| | median | relative to the empty endpoint |"
echo "|---|---:|---:|"
empty=$(median <"$work/rate-empty")
for name in empty small large compressed unchanged; do
    median <"$work/rate-$name" | awk -v name="$name" -v empty="$empty" '{ printf "| %s, requests a second | %.0f | %.2f |\n", name, $1, $1 / empty }'
done
for kind in duckdb postgres; do
    printf '| from the start of the process to the first report, %s | %.2f s | |\n' "$kind" "$(median <"$work/started-$kind" | awk '{ print $1 / 1000 }')"
done
echo
echo "$sizes"
for kind in duckdb postgres; do
    printf '\n%s\n\n' "$kind"
    cat "$work/$kind.md"
done
