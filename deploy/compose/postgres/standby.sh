#!/bin/sh
# The standby: a copy of the primary where there is none yet, then the server.
set -eu
if [ ! -s "$PGDATA/PG_VERSION" ]; then
    export PGPASSFILE="${PGPASSFILE:-/run/secrets/pgpass}"
    # libpq takes a file of passwords only if nobody else may read it.
    own=$(mktemp)
    cat "$PGPASSFILE" >"$own"
    PGPASSFILE=$own pg_basebackup --host="${PRIMARY_HOST:-db1}" --port="${PRIMARY_PORT:-5432}" --username=replicator --pgdata="$PGDATA" \
        --wal-method=stream --checkpoint=fast --slot=standby1 --write-recovery-conf
    # What it connects with for good lies in its own data folder, where only it reads.
    mv "$own" "$PGDATA/pgpass"
    sed -i "s|passfile=[^ ]*|passfile=''$PGDATA/pgpass''|" "$PGDATA/postgresql.auto.conf"
    chmod 0700 "$PGDATA"
fi
exec "${POSTGRES:-postgres}" -D "$PGDATA" "$@"
