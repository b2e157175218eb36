#!/bin/sh
# Run once by the primary, with an empty data folder: creates the database and one role for each part of the installation.
set -eu
secrets=${SECRETS:-/run/secrets}
psql --no-psqlrc --set ON_ERROR_STOP=1 --username "${POSTGRES_USER:-postgres}" --dbname postgres \
    --set owner="$(cat "$secrets/owner_password")" --set load="$(cat "$secrets/load_password")" \
    --set api="$(cat "$secrets/api_password")" --set replication="$(cat "$secrets/replication_password")" <<'SQL'
-- The owner creates and upgrades the tables (cineledger init); the loader changes their rows; the nodes read, and run SQL as cineledger_sql, which sees less.
CREATE ROLE cineledger LOGIN PASSWORD :'owner';
CREATE ROLE cineledger_load LOGIN PASSWORD :'load';
CREATE ROLE cineledger_api LOGIN PASSWORD :'api';
CREATE ROLE replicator LOGIN REPLICATION PASSWORD :'replication';
CREATE ROLE cineledger_reader NOLOGIN;
CREATE ROLE cineledger_loader NOLOGIN;
CREATE ROLE cineledger_sql NOLOGIN;
GRANT cineledger_reader, cineledger_loader, cineledger_sql TO cineledger WITH ADMIN OPTION;
GRANT cineledger_loader TO cineledger_load;
GRANT cineledger_reader, cineledger_sql TO cineledger_api;
CREATE DATABASE movies OWNER cineledger ENCODING 'UTF8' TEMPLATE template0;
REVOKE ALL ON DATABASE movies FROM PUBLIC;
GRANT CONNECT ON DATABASE movies TO cineledger_api;
-- Loads use temporary tables.
GRANT CONNECT, TEMPORARY ON DATABASE movies TO cineledger_load;
SELECT pg_create_physical_replication_slot('standby1');
SQL
