# shellcheck shell=bash disable=SC2034,SC2317 # variables are used by the scripts that source this file, functions by the trap
# Shared by the benchmarks: a temporary folder that is deleted at the end, the published programs, a server.

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(dirname "$here")
server=''

# Creates the folder $work, named after the benchmark. Other users, such as PostgreSQL's, can reach their own folders in it.
begin() { # NAME
    work=$(mktemp -d -t "$1.XXXXXX")
    chmod 711 "$work"
    cineledger=$work/cineledger/cineledger measure=$work/measure/CineLedger.Measure
    trap clean_up EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
}

clean_up() {
    stop_server
    if declare -F stop_postgres >/dev/null; then stop_postgres; fi
    rm -rf "$work"
}

say() { echo "$*" >&2; }

# Publishes $cineledger, $measure or both, compiled ahead of time like the released command.
publish() { # cineledger|measure ...
    local name
    for name; do
        local project=src/CineLedger.Cli
        [[ $name == cineledger ]] || project=bench/CineLedger.Measure
        say "building $project"
        dotnet publish "$root/$project" -c Release -r linux-x64 -o "$work/$name" -v quiet --nologo >&2
    done
}

# Serves a ledger until stop_server; returns when the server is ready.
start_server() { # STORE ADDRESS [OPTION ...]
    "$cineledger" serve --store "$1" --urls "$2" "${@:3}" >/dev/null 2>"$work/server.log" &
    server=$!
    until curl -sf -o /dev/null "$2/health/ready"; do
        kill -0 "$server" 2>/dev/null || { cat "$work/server.log" >&2; exit 1; }
        sleep 0.1
    done
}

stop_server() {
    [[ -z $server ]] || { kill -TERM "$server" 2>/dev/null && wait "$server" 2>/dev/null; } || true
    server=''
}
