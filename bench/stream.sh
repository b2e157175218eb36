#!/usr/bin/env bash
# Measures pushing and consuming movies into DuckDB and PostgreSQL while reports are read, and kills a consumer repeatedly: see bench/README.md.
# shellcheck source-path=SCRIPTDIR
set -euo pipefail

zip=${1:-} seconds=${2:-15}
[[ -r $zip && $seconds =~ ^[1-9][0-9]*$ ]] || { echo "usage: bench/stream.sh ZIP [SECONDS]" >&2; exit 2; }
# shellcheck source=common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
begin stream
# shellcheck source=compare-postgres.sh
source "$here/compare-postgres.sh"
address=http://127.0.0.1:5097

publish cineledger measure
movies=$work/movies.duckdb
"$cineledger" load "$zip" --only movies --store "$movies" 2>/dev/null
start_postgres

for engine in DuckDB PostgreSQL; do
    [[ $engine == DuckDB ]] && store=$work/pushed.duckdb || store=$database_url
    [[ $engine == DuckDB ]] || fresh_database
    "$cineledger" load "$zip" --only movies --store "$store" 2>/dev/null
    key=$("$cineledger" keys create push --administrator --store "$store" 2>/dev/null | tail -n 1)
    start_server "$store" "$address"
    echo "push, $engine: $("$measure" push "$address" "$key" "$movies" "$seconds")"
    stop_server

    [[ $engine == DuckDB ]] && store=$work/consumed.duckdb || fresh_database
    echo "consume, $engine: $("$measure" stream rate "$movies" "$cineledger" "$store" 2>"$work/consume.log")"
done

start_server "$database_url" "$address"
echo "consume, PostgreSQL: $("$measure" stream latency "$movies" "$cineledger" "$database_url" "$address" 2>"$work/consume.log")"
stop_server

"$measure" stream kills "$movies" "$cineledger" "$work/killed.duckdb" 2>"$work/consume.log"
for report in companies genres company-genres; do
    for store in "$movies" "$work/killed.duckdb"; do
        "$cineledger" report "$report" --store "$store" --format csv | sha256sum
    done | uniq | wc -l | sed "s/^1$/$report: identical to one load, byte for byte/; s/^2$/$report: DIFFERENT from one load/"
done
