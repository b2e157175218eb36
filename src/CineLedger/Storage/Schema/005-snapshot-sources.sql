-- The files that each load read, with their checksums.

-- One row per file that a snapshot's load fetched: a zip archive, or a file on its own.
CREATE TABLE snapshot_source (
    snapshot_id     INTEGER NOT NULL,   -- the snapshot
    position        INTEGER NOT NULL,   -- position among the snapshot's files, from 0
    address         TEXT NOT NULL,      -- where it was fetched from
    version         TEXT,               -- its version: an ETag or a time
    bytes           BIGINT NOT NULL,    -- its size
    sha256          TEXT NOT NULL,      -- SHA-256 of the whole file, in hexadecimal
    fetched_at      TIMESTAMP NOT NULL  -- when it was fetched or, if local, opened, UTC
);
