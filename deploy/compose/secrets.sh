#!/bin/sh
# Makes the secrets that compose.yaml names, each a random one in a file of its own, and leaves those alone that are there.
set -eu
cd "$(dirname "$0")"
# The folder is the owner's alone; the files are read by users of containers, who are nobody here.
mkdir -p -m 0700 secrets
for name in postgres_password owner_password api_password replication_password grafana_password; do
    [ -s "secrets/$name" ] || head -c 24 /dev/urandom | base64 | tr -d '/+=\n' >"secrets/$name"
done
for role in cineledger:owner cineledger_api:api replicator:replication; do
    printf '*:*:*:%s:%s\n' "${role%%:*}" "$(cat "secrets/${role##*:}_password")"
done >secrets/pgpass
chmod 0644 secrets/*
