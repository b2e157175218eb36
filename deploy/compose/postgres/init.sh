#!/bin/sh
# Run once by the primary, with an empty data folder: creates the database and the roles of its owner, the servers and the standby.
set -eu
secrets=${SECRETS:-/run/secrets}
psql --no-psqlrc --set ON_ERROR_STOP=1 --username "${POSTGRES_USER:-postgres}" --dbname postgres \
    --set owner="$(cat "$secrets/owner_password")" --set api="$(cat "$secrets/api_password")" --set replication="$(cat "$secrets/replication_password")" <<'SQL'
-- The owner creates and upgrades the tables (cineledger init); the servers read and load, and own nothing.
CREATE ROLE cineledger LOGIN PASSWORD :'owner';
CREATE ROLE cineledger_api LOGIN PASSWORD :'api';
CREATE ROLE replicator LOGIN REPLICATION PASSWORD :'replication';
CREATE ROLE cineledger_reader NOLOGIN;
CREATE ROLE cineledger_loader NOLOGIN;
GRANT cineledger_reader, cineledger_loader TO cineledger WITH ADMIN OPTION;
GRANT cineledger_loader TO cineledger_api;
CREATE DATABASE movies OWNER cineledger ENCODING 'UTF8' TEMPLATE template0;
SELECT pg_create_physical_replication_slot('standby1');
SQL
