-- How far the ledger's changes have been published to topics. Nothing here is part of a snapshot.

-- One row per topic. One of a ledger's servers publishes to it, as long as it renews its lease.
CREATE TABLE change_feed (
    topic           TEXT NOT NULL,      -- the topic
    snapshot_id     INTEGER,            -- the newest snapshot published completely; null before the first
    node            TEXT NOT NULL,      -- the publishing server
    leased_until    TIMESTAMP NOT NULL, -- end of the lease, UTC; then another server may take it
    updated_at      TIMESTAMP NOT NULL  -- when the server last published or took the lease, UTC
);
