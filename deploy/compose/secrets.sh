#!/bin/sh
# Creates the secrets that compose.yaml names, each random and in its own file. Existing ones are kept.
set -eu
cd "$(dirname "$0")"
# Only the owner can enter the folder. The files are readable for all, because the containers' users do not exist on this machine.
mkdir -p -m 0700 secrets
for name in postgres_password owner_password api_password replication_password grafana_password; do
    [ -s "secrets/$name" ] || head -c 24 /dev/urandom | base64 | tr -d '/+=\n' >"secrets/$name"
done
for role in cineledger:owner cineledger_api:api replicator:replication; do
    printf '*:*:*:%s:%s\n' "${role%%:*}" "$(cat "secrets/${role##*:}_password")"
done >secrets/pgpass
chmod 0644 secrets/*
