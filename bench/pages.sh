#!/usr/bin/env bash
# Measures the first response of dashboard pages after a server start, and loads, optionally against another build: see bench/README.md.
# shellcheck source-path=SCRIPTDIR
set -euo pipefail

zip=${1:-} rounds=${2:-5} other=${3:-}
[[ -r $zip && $rounds =~ ^[1-9][0-9]*$ && ( -z $other || -x $other ) ]] || { echo "usage: bench/pages.sh ZIP [ROUNDS] [OTHER_CINELEDGER]" >&2; exit 2; }
# shellcheck source=common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
begin pages
# shellcheck source=compare-postgres.sh
source "$here/compare-postgres.sh"

port=5098
address=http://127.0.0.1:$port
ticks=$(getconf CLK_TCK)
builds=(this)

# Returns the processor time of a process in ticks.
ticks_of() { sed 's/.*) //' "/proc/$1/stat" | awk '{ print $12 + $13 }'; }

# Records the processor milliseconds and the milliseconds of a server's first page.
measure_page() { # BUILD STORE KIND PATH
    local before after start end
    cineledger=${commands[$1]}
    start_server "$2" "$address" --read-only
    sleep 1
    before=$(ticks_of "$server") start=$EPOCHREALTIME
    curl -sf -o /dev/null "$address$4"
    end=$EPOCHREALTIME after=$(ticks_of "$server")
    stop_server
    printf '%s\t%s\t%s\t%d\t%d\n' "$3" "$4" "$1" $(((after - before) * 1000 / ticks)) $(((${end/./} - ${start/./}) / 1000)) >>"$work/pages"
}

# Records the milliseconds of a load and its processor milliseconds.
measure_load() { # BUILD STORE KIND
    local start=$EPOCHREALTIME end
    /usr/bin/time -o "$work/time" -f '%U %S' "${commands[$1]}" load "$zip" --store "$2" 2>/dev/null
    end=$EPOCHREALTIME
    printf '%s\tload\t%s\t%s\t%d\n' "$3" "$1" "$(awk '{ print ($1 + $2) * 1000 }' "$work/time")" $(((${end/./} - ${start/./}) / 1000)) >>"$work/pages"
}

publish cineledger
declare -A commands=([this]=$cineledger)
if [[ -n $other ]]; then
    builds=(other this)
    commands[other]=$other
fi

start_postgres
for ((round = 1; round <= rounds; round++)); do
    for build in "${builds[@]}"; do
        say "load, round $round, $build"
        rm -f "$work/$build.duckdb"
        measure_load "$build" "$work/$build.duckdb" duckdb
        fresh_database
        measure_load "$build" "$database_url" postgres
    done
done

company=$("${commands[this]}" query --store "$work/this.duckdb" --by company --measure releases --order releases:desc --limit 1 --format json |
    sed -n 's/.*"company": *"\([^"]*\)".*/\1/p' | head -n 1)
pages=(/quality "/companies/${company// /%20}" /companies '/companies?q=ma' / /genres /studios)
for build in "${builds[@]}"; do
    # Each build reads the ledgers that it wrote.
    fresh_database
    "${commands[$build]}" load "$zip" --store "$database_url" 2>/dev/null
    for ((round = 1; round <= rounds; round++)); do
        for page in "${pages[@]}"; do
            say "$page, round $round, $build"
            measure_page "$build" "$work/$build.duckdb" duckdb "$page"
            measure_page "$build" "$database_url" postgres "$page"
        done
    done
done

echo "| store | | build | CPU s | s |"
echo "|---|---|---|---:|---:|"
cut -f 1-3 "$work/pages" | sort -u | while IFS=$'\t' read -r kind name build; do
    awk -F '\t' -v kind="$kind" -v name="$name" -v build="$build" '$1 == kind && $2 == name && $3 == build' "$work/pages" >"$work/rows"
    middle() { cut -f "$1" "$work/rows" | sort -n | awk '{ v[NR] = $1 } END { printf "%.2f", (v[int((NR + 1) / 2)] + v[int(NR / 2) + 1]) / 2000 }'; }
    echo "| $kind | \`$name\` | $build | $(middle 4) | $(middle 5) |"
done
