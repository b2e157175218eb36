-- Which files each load read, by their checksums.

-- One row a snapshot and original that its load read: a zip, or each file that came by itself.
CREATE TABLE snapshot_source (
    snapshot_id     INTEGER NOT NULL,   -- the snapshot
    position        INTEGER NOT NULL,   -- the place among its originals, from 0
    address         TEXT NOT NULL,      -- where it was fetched from
    version         TEXT,               -- the place's own mark of its version: an ETag, a time
    bytes           BIGINT NOT NULL,    -- its length
    sha256          TEXT NOT NULL,      -- SHA-256 of all of it, in hexadecimal
    fetched_at      TIMESTAMP NOT NULL  -- when it was fetched, or opened where it lay, UTC
);
