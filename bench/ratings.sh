#!/usr/bin/env bash
# Measures ratings and credits at full size: see bench/README.md.
# shellcheck source-path=SCRIPTDIR
set -euo pipefail

runs=${1:-5}
[[ $runs =~ ^[1-9][0-9]*$ ]] || { echo "usage: bench/ratings.sh [RUNS]" >&2; exit 2; }
# shellcheck source=common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
begin ratings
publish cineledger measure

# Generates a dataset and unpacks it.
generate() { # FOLDER MOVIES RATINGS [FILE ...]
    "$cineledger" sample --movies "$2" --ratings "$3" --seed 1 -o "$work/sample.zip" >&2
    mkdir "$work/$1"
    unzip -q "$work/sample.zip" "${@:4}" -d "$work/$1"
    rm "$work/sample.zip"
}

measure() { # CONTENDER FOLDER
    local seconds
    seconds=$(/usr/bin/time -q -f '%M %U %S' -o "$work/time" "$measure" file "$1" "$work/$2")
    echo "$1 $seconds; $(awk '{printf "peak %.0f MB, CPU %.2f s", $1 / 1024, $2 + $3}' "$work/time")"
}

say "generating 26,024,289 ratings"
generate ratings 45466 26024289 movies_metadata.csv links.csv ratings.csv
cat "$work"/ratings/*.csv >/dev/null
for ((run = 1; run <= runs; run++)); do
    measure ratings-own ratings
    measure ratings-duckdb ratings
done
"$cineledger" load "$work/ratings" --only movies --store "$work/ledger.duckdb" 2>/dev/null
/usr/bin/time -f 'load --only ratings: %e s, peak %M KB' "$cineledger" load "$work/ratings" --only ratings --store "$work/ledger.duckdb" 2>&1 | tail -n 1
rm -r "$work/ratings"

say "generating 190 MB of credits"
generate credits 130000 0 credits.csv
cat "$work"/credits/*.csv >/dev/null
for ((run = 1; run <= runs; run++)); do
    measure credits-fields credits
    measure credits-sylvan credits
    measure credits-literals credits
    measure credits-parsed credits
done
