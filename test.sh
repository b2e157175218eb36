#!/usr/bin/env bash
# Installs the Debian packages that the tests need and that are missing, builds with analyzers, checks the formatting, and runs all tests. --fast
# leaves out the system tests and the packages that only they need. The last line is: N passed, N failed, N skipped. Other arguments go to the test programs, for
# example: ./test.sh --fast -class '*Dates*'
set -uo pipefail
cd "$(dirname "$0")" || exit 1

fail() {
    echo "test.sh: $1" >&2
    exit 1
}

projects=(CineLedger.Tests CineLedger.SystemTests)
# DuckDB's library needs the C++ runtime.
needed=(bash coreutils libstdc++6)
if [ "${1:-}" = --fast ]; then
    shift
    projects=(CineLedger.Tests)
    solution=tests/CineLedger.Tests
    # Running many tests in parallel is faster than giving each one all processors, as the complete run does.
    set -- -maxThreads $(($(nproc) * 3 / 2)) "$@"
    processors=1
else
    # The system tests run the built command in a shell, start their own PostgreSQL servers, proxies and monitoring, and open pages in a
    # browser. Go renders the chart as helm does.
    needed+=(curl util-linux procps postgresql prometheus prometheus-alertmanager nginx-light chromium sqlite3 golang-1.19-go golang-github-masterminds-sprig-dev)
    solution=CineLedger.slnx
fi

command -v dotnet >/dev/null || fail "the .NET SDK is missing: install .NET 10 (https://dotnet.microsoft.com/download), then run this again."

install() {
    [ "$(id -u)" -eq 0 ] || fail "these Debian packages are missing: $*; install them, or run this as root."
    # RUNLEVEL=1 keeps Debian from starting the installed servers, whose ports may be in use.
    { apt-get update -qq && RUNLEVEL=1 apt-get install -y -qq "$@"; } >/dev/null || fail "apt-get could not install $*."
}

missing=()
for package in "${needed[@]}"; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
done
[ "${#missing[@]}" -eq 0 ] || install "${missing[@]}"

# LibreOffice opens the workbooks. Its recommended packages would take much longer to install.
[ "${#projects[@]}" -eq 1 ] || command -v soffice >/dev/null || install --no-install-recommends libreoffice-calc-nogui

# Debian has no package of Citus. In CI a build for PostgreSQL 15.20 and newer is beside the repository.
citus=../shared/citus/install
if [ "${CI:-}" = true ] && [ "${#projects[@]}" -gt 1 ] && [ -f "$citus" ]; then
    dpkg --compare-versions "$(dpkg-query -W -f '${Version}' postgresql-15 2>/dev/null)" ge 15.20 || install postgresql-15
    bash "$citus" || fail "Citus could not be installed."
fi

# A compiler and a test program run only once: profiling their calls to optimize them costs more than it saves.
export DOTNET_TieredPGO=0
dotnet build "$solution" -c Release --nologo -v quiet -p:RunAnalyzersDuringBuild=true || fail "the build failed."

[ -z "${processors:-}" ] || export DOTNET_PROCESSOR_COUNT=$processors
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# The build checks the style; only white space is left to check here.
{ dotnet format whitespace --folder --verify-no-changes >"$work/format" 2>&1; echo $? >"$work/format.exit"; } &

run() {
    dotnet "tests/$1/bin/Release/net10.0/$1.dll" -noColor "${@:2}"
    echo $? >"$work/$1.exit"
}

# Runs the projects in parallel, but prints the output of each as a whole.
for project in "${projects[@]:1}"; do
    run "$project" "$@" >"$work/$project.log" 2>&1 &
done
run "${projects[0]}" "$@" | tee "$work/${projects[0]}.log"
wait
for project in "${projects[@]:1}"; do
    cat "$work/$project.log"
done

passed=0 failed=0 skipped=0 broken=0
for project in "${projects[@]}"; do
    [ "$(cat "$work/$project.exit")" -eq 0 ] || broken=1
    # Repeats failures at the end, where they are easy to find.
    grep -A 12 -F '[FAIL]' "$work/$project.log"
    line=$(grep -E 'Total: [0-9]+, Errors: ' "$work/$project.log" | tail -n 1)
    [ -n "$line" ] || fail "$project ran no test."
    count() { sed -nE "s/.*$1: ([0-9]+).*/\1/p" <<<"$line"; }
    bad=$(($(count Failed) + $(count Errors)))
    failed=$((failed + bad))
    skipped=$((skipped + $(count Skipped)))
    passed=$((passed + $(count Total) - $(count Failed) - $(count Skipped) - $(count 'Not Run')))
done

if [ "$(cat "$work/format.exit")" -ne 0 ]; then
    cat "$work/format"
    echo "test.sh: the code is not formatted: run dotnet format." >&2
    broken=1
fi

echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ] && [ "$broken" -eq 0 ]
