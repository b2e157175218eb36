#!/usr/bin/env bash
# Installs what the tests need on a Debian machine, skipping what is there, checks the formatting, builds, and runs all tests.
# Ends with one line: N passed, N failed, N skipped. Arguments go to the test programs, for example: ./test.sh -class '*Dates*'
set -uo pipefail
cd "$(dirname "$0")" || exit 1

fail() {
    echo "test.sh: $1" >&2
    exit 1
}

command -v dotnet >/dev/null || fail "the .NET SDK is missing: install .NET 10 (https://dotnet.microsoft.com/download), then run this again."

# The tests drive the built command through a shell, DuckDB's library needs the C++ runtime; they start PostgreSQL servers, proxies and watchers of
# their own and look at pages with a browser. Go renders the chart as helm does.
missing=()
for package in bash coreutils curl util-linux procps libstdc++6 postgresql prometheus prometheus-alertmanager nginx-light chromium \
    golang-1.19-go golang-github-masterminds-sprig-dev; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
done
if [ "${#missing[@]}" -gt 0 ]; then
    [ "$(id -u)" -eq 0 ] || fail "these Debian packages are missing: ${missing[*]}; install them, or run this as root."
    # RUNLEVEL=1: what is installed is not started, or its port would be taken from whoever has it.
    { apt-get update -qq && RUNLEVEL=1 apt-get install -y -qq "${missing[@]}"; } >/dev/null || fail "apt-get could not install ${missing[*]}."
fi

dotnet build -c Release --nologo -v quiet || fail "the build failed."
dotnet format --verify-no-changes --no-restore || fail "the code is not formatted: run dotnet format."

passed=0 failed=0 skipped=0 broken=0
log=$(mktemp) failures=$(mktemp)
trap 'rm -f "$log" "$failures"' EXIT
for project in CineLedger.Tests CineLedger.SystemTests; do
    dotnet "tests/$project/bin/Release/net10.0/$project.dll" -noColor "$@" | tee "$log"
    [ "${PIPESTATUS[0]}" -eq 0 ] || broken=1
    grep -A 12 -F '[FAIL]' "$log" >>"$failures"
    line=$(grep -E 'Total: [0-9]+, Errors: ' "$log" | tail -n 1)
    [ -n "$line" ] || fail "$project ran no test."
    count() { sed -nE "s/.*$1: ([0-9]+).*/\1/p" <<<"$line"; }
    bad=$(($(count Failed) + $(count Errors)))
    failed=$((failed + bad))
    skipped=$((skipped + $(count Skipped)))
    passed=$((passed + $(count Total) - $(count Failed) - $(count Skipped) - $(count 'Not Run')))
done

# What failed stands at the end too, where it is found.
cat "$failures"
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ] && [ "$broken" -eq 0 ]
