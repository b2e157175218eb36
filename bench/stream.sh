#!/usr/bin/env bash
# Films pushed and consumed, into DuckDB and PostgreSQL, while they are read, and a consumer that is killed: see bench/README.md.
# shellcheck source-path=SCRIPTDIR
set -euo pipefail

zip=${1:-} seconds=${2:-15}
[[ -r $zip && $seconds =~ ^[1-9][0-9]*$ ]] || { echo "usage: bench/stream.sh ZIP [SECONDS]" >&2; exit 2; }
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(dirname "$here")
work=$(mktemp -d -t stream.XXXXXX)
chmod 711 "$work"
server=''
# shellcheck source=compare-postgres.sh
source "$here/compare-postgres.sh"
stop_server() {
    [[ -z $server ]] || { kill -TERM "$server" 2>/dev/null && wait "$server" 2>/dev/null; } || true
    server=''
}
# shellcheck disable=SC2317 # called by the trap
clean_up() {
    stop_server
    stop_postgres
    rm -rf "$work"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
say() { echo "$*" >&2; }
address=http://127.0.0.1:5097

start_server() { # STORE
    "$cineledger" serve --store "$1" --urls "$address" >/dev/null 2>"$work/server.log" &
    server=$!
    until curl -sf -o /dev/null "$address/health/ready"; do
        kill -0 "$server" 2>/dev/null || { cat "$work/server.log" >&2; exit 1; }
        sleep 0.1
    done
}

for project in src/CineLedger.Cli:cineledger bench/CineLedger.Measure:measure; do
    say "building ${project%:*}"
    dotnet publish "$root/${project%:*}" -c Release -r linux-x64 -o "$work/${project#*:}" -v quiet --nologo >&2
done
cineledger=$work/cineledger/cineledger measure=$work/measure/CineLedger.Measure
films=$work/films.duckdb
"$cineledger" load "$zip" --only movies --store "$films" 2>/dev/null
start_postgres

for engine in DuckDB PostgreSQL; do
    [[ $engine == DuckDB ]] && store=$work/pushed.duckdb || store=$database_url
    [[ $engine == DuckDB ]] || fresh_database
    "$cineledger" load "$zip" --only movies --store "$store" 2>/dev/null
    key=$("$cineledger" keys create push --administrator --store "$store" 2>/dev/null | tail -n 1)
    start_server "$store"
    echo "push, $engine: $("$measure" push "$address" "$key" "$films" "$seconds")"
    stop_server

    [[ $engine == DuckDB ]] && store=$work/consumed.duckdb || fresh_database
    echo "consume, $engine: $("$measure" stream rate "$films" "$cineledger" "$store" 2>"$work/consume.log")"
done

start_server "$database_url"
echo "consume, PostgreSQL: $("$measure" stream latency "$films" "$cineledger" "$database_url" "$address" 2>"$work/consume.log")"
stop_server

"$measure" stream kills "$films" "$cineledger" "$work/killed.duckdb" 2>"$work/consume.log"
for report in companies genres company-genres; do
    for store in "$films" "$work/killed.duckdb"; do
        "$cineledger" report "$report" --store "$store" --format csv | sha256sum
    done | uniq | wc -l | sed "s/^1$/$report: the same as of one load, byte for byte/; s/^2$/$report: DIFFERENT from one load/"
done
