#!/bin/sh
# The standby: copies the primary on the first start, then runs the server.
set -eu
if [ ! -s "$PGDATA/PG_VERSION" ]; then
    export PGPASSFILE="${PGPASSFILE:-/run/secrets/replication_pgpass}"
    # libpq accepts a password file only if other users cannot read it.
    own=$(mktemp)
    cat "$PGPASSFILE" >"$own"
    PGPASSFILE=$own pg_basebackup --host="${PRIMARY_HOST:-db1}" --port="${PRIMARY_PORT:-5432}" --username=replicator --pgdata="$PGDATA" \
        --wal-method=stream --checkpoint=fast --slot=standby1 --write-recovery-conf
    # Its permanent password file is in its data folder, which only it can read.
    mv "$own" "$PGDATA/pgpass"
    sed -i "s|passfile=[^ ]*|passfile=''$PGDATA/pgpass''|" "$PGDATA/postgresql.auto.conf"
    chmod 0700 "$PGDATA"
fi
exec "${POSTGRES:-postgres}" -D "$PGDATA" "$@"
