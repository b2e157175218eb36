-- How far the ledger's changes have been published to topics, for other programs. Nothing here is part of a snapshot.

-- One row a topic: of several servers of a ledger one publishes, as long as it says again and again that it is there.
CREATE TABLE change_feed (
    topic           TEXT NOT NULL,      -- the topic's name
    snapshot_id     INTEGER,            -- the newest snapshot that the topic has everything of; null before the first
    node            TEXT NOT NULL,      -- who publishes
    leased_until    TIMESTAMP NOT NULL, -- till then, UTC: then another may
    updated_at      TIMESTAMP NOT NULL  -- when something was last published, or the lease taken, UTC
);
