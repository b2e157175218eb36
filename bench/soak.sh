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

# Sends statements that end, freeze or fill their process, and reads a large response slowly, as a caller without a key from another machine.
attack() {
    local statements=(
        "SELECT json_contains(repeat('[',100000)||repeat(']',100000),repeat('[',100000)||repeat(']',100000))"
        "SELECT json_structure(repeat('[',1000000)||repeat(']',1000000))"
        "SELECT length(repeat('x',4000000000))"
        "SELECT len(range(500000000))"
        "SELECT * FROM \"Webhook\""
        "SELECT 1"
    ) i=0
    while true; do
        curl -s -m 20 -o /dev/null -w '%{http_code}\n' -H 'X-Forwarded-For: 198.51.100.7' -H 'Content-Type: application/sql' \
            --data-binary "${statements[i++ % ${#statements[@]}]}" "$address/api/v1/sql" >>"$work/attacks" || true
        curl -s -m 5 --limit-rate 2k -o /dev/null -H 'X-Forwarded-For: 198.51.100.7' "$address/api/v1/query?measure=revenue&by=company,genre,month&format=csv&limit=$((200000 + i))" || true
    done
}

publish cineledger measure
mkdir "$work/data"
for seed in 1 2; do
    "$cineledger" sample --movies "$movies" --seed "$seed" -o "$work/data/month-$seed.zip" 2>/dev/null
done
"$measure" vary "$work/data/month-1.zip" "$work/data/month-1-changed.zip"
"$cineledger" load "$work/data/month-1.zip" --store "$work/ledger.duckdb" 2>/dev/null
key=$("$cineledger" keys create soak --administrator --store "$work/ledger.duckdb" | tail -n 1)
start_server "$work/ledger.duckdb" "$address" --load-from "$work/data" --public --allow-sql --sql-timeout 5
attack &
attacker=$!
say "64 connections for $seconds seconds"
status=0
"$measure" soak "$address" "$server" "$key" "$seconds" \
    "$work/data/month-1.zip" "$work/data/month-1-changed.zip" "$work/data/month-2.zip" || status=$?
kill "$attacker" 2>/dev/null || true
wait "$attacker" 2>/dev/null || true
say "the attacker sent $(wc -l <"$work/attacks") statements: $(sort "$work/attacks" | uniq -c | sort -rn | tr -s ' \n' ' ')"
sort "$work/server.log" | uniq -c | sort -rn | head -n 10 >&2
exit "$status"
