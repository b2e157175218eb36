# shellcheck shell=bash disable=SC2154 # compare.sh sets work and only
# Prints the Markdown table of compare.sh from $work/results-*, which have one line "milliseconds peak-KB" per run.

contender_name() {
    case $1 in
        a) echo '(a) pandas, to_sql, PostgreSQL' ;;
        a2) echo '(a2) pandas, COPY, PostgreSQL' ;;
        b) echo '(b) hand-written DuckDB SQL' ;;
        c) echo '(c) cineledger' ;;
    esac
}

median_ms() {
    sort -n "$work/results-$1" | awk '{ ms[NR] = $1 } END { print NR % 2 ? ms[(NR + 1) / 2] : (ms[NR / 2] + ms[NR / 2 + 1]) / 2 }'
}

report_rows() { # CONTENDER
    local report
    for report in companies genres company-genres; do
        echo -n " $report $(($(wc -l <"$work/out-$1/reports/$report.csv") - 1))"
    done
}

print_table() { # LABEL RUNS
    local contender ours='' ratio ratios=''
    [[ ! -s $work/results-c ]] || ours=$(median_ms c)
    printf '\n### %s, %s runs each\n\n' "$1" "$2"
    echo '| contender | median s | min s | peak MB | to (c) |'
    echo '|---|---:|---:|---:|---:|'
    for contender in $only; do
        if [[ ! -s $work/results-$contender ]]; then
            echo "| $(contender_name "$contender") | failed | | | |"
            continue
        fi
        ratio=''
        [[ -z $ours ]] || ratio=$(awk -v x="$(median_ms "$contender")" -v y="$ours" 'BEGIN { printf "%.2f", x / y }')
        [[ -z $ratio || $contender == c ]] || ratios+="${ratios:+, }$contender/c = $ratio"
        awk -v name="$(contender_name "$contender")" -v median="$(median_ms "$contender")" -v ratio="$ratio" '
            NR == 1 || $1 < least { least = $1 }
            $2 > peak { peak = $2 }
            END { printf "| %s | %.2f | %.2f | %.0f | %s |\n", name, median / 1000, least / 1000, peak / 1024, ratio }
            ' "$work/results-$contender"
    done
    printf '\nRatios of medians: %s\n' "${ratios:-none, because (c) did not run}"
    for contender in $only; do
        [[ ! -s $work/results-$contender ]] || echo "Rows reported by ($contender):$(report_rows "$contender")"
    done
}
