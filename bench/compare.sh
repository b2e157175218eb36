#!/usr/bin/env bash
# Compares three ways of doing the same job: see bench/README.md.
# shellcheck source-path=SCRIPTDIR
set -euo pipefail

usage() {
    cat <<'TEXT'
usage: bench/compare.sh [--runs N] [--sizes "N ..."] [--only "a b c"] [--zip FILE]
  --runs N     runs of each contender (default: 5, and 3 above 100,000 movies)
  --sizes      movies in the generated datasets (default: "45466 454660")
  --only       contenders: a pandas and PostgreSQL, a2 the same with COPY, b hand-written DuckDB SQL, c cineledger
               (default: "a b c")
  --zip FILE   an existing dataset instead of generated ones
TEXT
}

runs='' sizes='45466 454660' only='a b c' zip=''
while (($#)); do
    case $1 in
        -h | --help) usage; exit 0 ;;
        --runs | --sizes | --only | --zip)
            (($# > 1)) || { usage >&2; exit 2; }
            printf -v "${1#--}" '%s' "$2"
            shift 2 ;;
        *) usage >&2; exit 2 ;;
    esac
done
for contender in $only; do
    [[ $contender =~ ^(a|a2|b|c)$ ]] || { usage >&2; exit 2; }
done
[[ $runs =~ ^([1-9][0-9]*)?$ ]] || { usage >&2; exit 2; }
for size in $sizes; do
    [[ $size =~ ^[1-9][0-9]*$ ]] || { usage >&2; exit 2; }
done
[[ -z $zip || -r $zip ]] || { echo "compare.sh: cannot read $zip" >&2; exit 1; }

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(dirname "$here")
work=$(mktemp -d -t compare.XXXXXX)
# The PostgreSQL user must be able to reach its own folder in this one.
chmod 711 "$work"
# Temporary files of a contender that dies are deleted with the rest.
export TMPDIR=$work
# shellcheck source=compare-postgres.sh
source "$here/compare-postgres.sh"
# shellcheck source=compare-table.sh
source "$here/compare-table.sh"

# shellcheck disable=SC2317 # called by the trap
clean_up() {
    stop_postgres
    rm -rf "$work"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

say() { echo "$*" >&2; }
wanted() { [[ " $only " == *" $1 "* ]]; }

install_packages() {
    local missing=() package
    for package in "$@"; do
        [[ $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) == installed ]] || missing+=("$package")
    done
    ((${#missing[@]})) || return 0
    if ((EUID != 0)); then
        say "compare.sh: these Debian packages are missing, and only root can install them: ${missing[*]}"
        exit 1
    fi
    say "installing ${missing[*]}"
    apt-get update -qq >&2
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2
}

publish() { # PROJECT FOLDER [OPTION ...]
    say "building $1"
    dotnet publish "$root/$1" -c Release -r linux-x64 "${@:3}" -o "$work/$2" -v quiet --nologo >&2
}

# Runs one whole process, from zip to database and reports, and appends milliseconds and peak KB to the contender's results.
run() { # CONTENDER ZIP
    local contender=$1 out=$work/out-$1 command start end
    rm -rf "$out"
    mkdir "$out"
    case $contender in
        a | a2)
            fresh_database
            command=(/usr/bin/python3 "$here/pandas_way.py" "$2" "$database_url" "$out/reports")
            [[ $contender == a ]] || command+=(copy) ;;
        b) command=("$work/handsql/HandSql" "$2" "$out/ledger.duckdb" "$out/reports") ;;
        c) command=("$work/cineledger/cineledger" load "$2" --only movies --store "$out/ledger.duckdb" --reports "$out/reports") ;;
    esac
    # Without this, a contender would be slowed by the pending writes of the previous one.
    sync
    start=$EPOCHREALTIME
    if ! /usr/bin/time -q -f %M -o "$out/peak" "${command[@]}" >"$out/log" 2>&1 || [[ ! -s $out/reports/companies.csv ]]; then
        say "contender $contender failed and is left out:"
        tail -n 5 "$out/log" >&2
        return 1
    fi
    end=$EPOCHREALTIME
    echo "$(((${end/./} - ${start/./}) / 1000)) $(tail -n 1 "$out/peak")" >>"$work/results-$contender"
}

compare() { # ZIP RUNS LABEL
    local round contender failed=' '
    rm -f "$work"/results-*
    cat "$1" >/dev/null
    for ((round = 1; round <= $2; round++)); do
        for contender in $only; do
            [[ $failed != *" $contender "* ]] || continue
            say "$3: run $round of $2, $contender"
            run "$contender" "$1" || { failed+="$contender "; status=1; rm -f "$work/results-$contender"; }
        done
    done
    print_table "$3" "$2"
}

install_packages time
if wanted a || wanted a2; then
    install_packages postgresql python3-pandas python3-sqlalchemy python3-psycopg2
    start_postgres
fi
if wanted b; then publish bench/HandSql handsql --self-contained false -p:PublishReadyToRun=true; fi
# If the build fails, (c) fails on its first run; the others are still measured.
if wanted c || [[ -z $zip ]]; then publish src/CineLedger.Cli cineledger || say "cineledger could not be built"; fi
# The published programs search for the runtime only in the standard places.
DOTNET_ROOT=${DOTNET_ROOT:-$(dirname "$(readlink -f "$(command -v dotnet)")")}
export DOTNET_ROOT

status=0
if [[ -n $zip ]]; then
    compare "$zip" "${runs:-5}" "$(basename "$zip")"
else
    for size in $sizes; do
        say "generating $size movies"
        sample=$work/sample-$size.zip
        "$work/cineledger/cineledger" sample --movies "$size" --seed 1 -o "$sample" >&2 || true
        [[ -s $sample ]] || { say "compare.sh: the sample could not be generated; use --zip FILE with an existing dataset"; exit 1; }
        compare "$sample" "${runs:-$((size > 100000 ? 3 : 5))}" "$size movies"
        rm "$sample"
    done
fi
exit "$status"
