# shellcheck shell=bash disable=SC2034,SC2154 # compare.sh sets work and uses database_url
# A private PostgreSQL 15 for compare.sh with default settings: its own folder and socket, no port.
# PostgreSQL refuses to run as root, so root starts it as Debian's postgres user.

postgres_pid=''
postgres_bin=/usr/lib/postgresql/15/bin
database_url="postgresql://bench@/bench?host=$work/postgres"

as_postgres() {
    if ((EUID == 0)); then
        exec setpriv --reuid=postgres --regid=postgres --init-groups -- "$@"
    else
        exec "$@"
    fi
}

start_postgres() {
    local folder=$work/postgres tries=0
    mkdir -m 700 "$folder"
    if ((EUID == 0)); then chown postgres "$folder"; fi
    # Locale C sorts by code point, like cineledger; any other locale would only make PostgreSQL slower.
    (cd "$folder" && as_postgres "$postgres_bin/initdb" -D data -U bench -A trust -E UTF8 --locale=C) >"$work/initdb.log"
    (cd "$folder" && as_postgres "$postgres_bin/postgres" -D data -k "$folder" -c listen_addresses=) >"$work/postgres.log" 2>&1 &
    postgres_pid=$!
    until "$postgres_bin/pg_isready" -q -h "$folder"; do
        if ((++tries > 100)) || ! kill -0 "$postgres_pid" 2>/dev/null; then
            cat "$work/postgres.log" >&2
            exit 1
        fi
        sleep 0.1
    done
}

stop_postgres() {
    [[ -n $postgres_pid ]] || return 0
    # SIGINT is PostgreSQL's fast shutdown.
    kill -INT "$postgres_pid" 2>/dev/null || true
    wait "$postgres_pid" 2>/dev/null || true
    postgres_pid=''
}

fresh_database() {
    "$postgres_bin/psql" -q -h "$work/postgres" -U bench postgres \
        -c 'SET client_min_messages = warning' -c 'DROP DATABASE IF EXISTS bench' -c 'CREATE DATABASE bench' -c 'CHECKPOINT'
}
