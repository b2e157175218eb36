#!/usr/bin/env bash
# Compares cineledger with PostgreSQL's own tools: see bench/README.md.
# shellcheck source-path=SCRIPTDIR
set -euo pipefail

usage() {
    cat <<'TEXT'
usage: bench/postgres.sh [--runs N] [--large N] ZIP
  ZIP        a dataset
  --runs N   runs of each contender (default: 5)
  --large N  also measures the peak memory of loading N generated movies, and 45,466 for comparison
TEXT
}

runs=5 large='' zip=''
while (($#)); do
    case $1 in
        -h | --help) usage; exit 0 ;;
        --runs | --large)
            (($# > 1)) && [[ $2 =~ ^[1-9][0-9]*$ ]] || { usage >&2; exit 2; }
            printf -v "${1#--}" '%s' "$2"
            shift 2 ;;
        -*) usage >&2; exit 2 ;;
        *) zip=$1; shift ;;
    esac
done
[[ -r $zip ]] || { usage >&2; exit 2; }

# shellcheck source=common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
begin postgres
export TMPDIR=$work
# shellcheck source=compare-postgres.sh
source "$here/compare-postgres.sh"

psql() { PGOPTIONS='-c jit=off -c work_mem=64MB' "$postgres_bin/psql" -X -q -v ON_ERROR_STOP=1 -h "$work/postgres" -U bench bench "$@"; }

# Runs a command and appends its milliseconds to the times of NAME.
timed() { # NAME COMMAND ...
    local name=$1 start end
    start=$EPOCHREALTIME
    "${@:2}" >"$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }
    end=$EPOCHREALTIME
    echo "$(((${end/./} - ${start/./}) / 1000))" >>"$work/times-$name"
}
median() { sort -n "$work/times-$1" | awk '{ v[NR] = $1 } END { printf "%d", (v[int((NR + 1) / 2)] + v[int(NR / 2) + 1]) / 2 }'; }
line() { # LABEL NAME BASE
    awk -v label="$1" -v a="$(median "$2")" -v b="$(median "$3")" 'BEGIN { printf "| %s | %.2f | %.2f |\n", label, a / 1000, a / b }'
}

for package in curl time; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || apt-get install -y -qq "$package" >&2
done
publish cineledger
export CINELEDGER_STORE=$database_url
start_postgres

# Dumps the loaded tables, one file each, and the statements that create them; keys and indexes are created after the rows.
fresh_database
"$cineledger" load "$zip" 2>/dev/null
"$postgres_bin/pg_dump" -h "$work/postgres" -U bench --section=pre-data bench >"$work/tables.sql"
"$postgres_bin/pg_dump" -h "$work/postgres" -U bench --section=post-data bench >"$work/indexes.sql"
tables=$(psql -A -t -c "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'")
# The dump empties the search path.
echo "SET search_path = public;" >"$work/copy.sql"
for table in $tables; do
    psql -c "\\copy $table TO '$work/$table.csv' (FORMAT csv)"
    echo "\\copy $table FROM '$work/$table.csv' (FORMAT csv)" >>"$work/copy.sql"
done

for ((round = 1; round <= runs; round++)); do
    say "loading: run $round of $runs"
    fresh_database
    timed copy psql -f "$work/tables.sql" -f "$work/copy.sql" -f "$work/indexes.sql"
    fresh_database
    timed load "$cineledger" load "$zip"
    timed again "$cineledger" load "$zip"
done

# Each request has a new limit, so the response is not in the server's cache. The warm-up below compiles the server's code first.
served() { curl -sf -o "$work/served.csv" "$address/api/v1/reports/$1?format=csv&limit=$2"; }
limit=1000000
address=http://127.0.0.1:5098
start_server "$database_url" "$address" --read-only
for report in companies genres company-genres; do
    say "report: $report"
    "$cineledger" report "$report" --show-sql >"$work/$report.sql"
    for ((round = 1; round <= 40; round++)); do served "$report" $((++limit)); done
    for ((round = 1; round <= runs; round++)); do
        timed "psql-$report" psql --csv -f "$work/$report.sql" -o "$work/psql.csv"
        timed "$report" "$cineledger" report "$report" --format csv --output "$work/cineledger.csv"
        timed "served-$report" served "$report" $((++limit))
        cmp "$work/cineledger.csv" "$work/served.csv"
    done
done
stop_server

echo "### $(basename "$zip"), medians of $runs runs"
echo
echo '| whole process | s | ratio |'
echo '|---|---:|---:|'
line 'psql: tables, `\copy`, keys and indexes' copy copy
line '`cineledger load`, first' load copy
line '`cineledger load`, unchanged (ratio to the first)' again load
for report in companies genres company-genres; do
    line "psql: SQL of $report" "psql-$report" "psql-$report"
    line "\`cineledger report $report\`" "$report" "psql-$report"
    line "curl: $report of a running server, not in its cache" "served-$report" "psql-$report"
done

if [[ -n $large ]]; then
    echo
    for size in 45466 "$large"; do
        "$cineledger" sample --movies "$size" --ratings 0 -o "$work/sample.zip" 2>/dev/null
        fresh_database
        /usr/bin/time -q -f "$size movies: peak %M KB, %e s" "$cineledger" load "$work/sample.zip" 2>&1 | tail -n 1
    done
fi
