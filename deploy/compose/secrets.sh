#!/bin/sh
# Creates the secrets that compose.yaml names, each random and in its own file. Existing ones are kept. Each service gets only its own: the password of its role, and,
# if it runs the command or the standby, the same password as a password file of PostgreSQL.
set -eu
cd "$(dirname "$0")"
umask 077
mkdir -p -m 0700 secrets
for name in postgres_password owner_password load_password api_password replication_password grafana_password; do
    [ -s "secrets/$name" ] || head -c 24 /dev/urandom | base64 | tr -d '/+=\n' >"secrets/$name"
done
for role in cineledger:owner cineledger_load:load cineledger_api:api replicator:replication; do
    printf '*:*:*:%s:%s\n' "${role%%:*}" "$(cat "secrets/${role##*:}_password")" >"secrets/${role##*:}_pgpass"
done
# One file for every service: left by an earlier version.
rm -f secrets/pgpass
# Compose mounts the files as they are. Containers run as other users, which this machine does not know, but join this group, which owns the files.
group=$(id -g)
chgrp "$group" secrets/*
chmod 0440 secrets/*
sed -i '/^SECRETS_GROUP=/d' .env 2>/dev/null || true
printf 'SECRETS_GROUP=%s\n' "$group" >>.env
chmod 0600 .env
