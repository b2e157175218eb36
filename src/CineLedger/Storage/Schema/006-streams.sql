-- What pushes and streams need to know of themselves. Only the drafts belong to the ledger's content; nothing here is part of a snapshot.

-- The number of a snapshot that was begun and perhaps not published: rows of it may be in the tables. The next load looks, and clears them away.
CREATE TABLE draft (
    snapshot_id     INTEGER NOT NULL    -- the number that it would have had
);

-- A ledger of before may hold such rows.
INSERT INTO draft SELECT COALESCE(MAX(snapshot_id), 0) + 1 FROM snapshot;

-- How a push over HTTP was answered: the same again where it comes again.
CREATE TABLE push_answer (
    push_key        TEXT NOT NULL,      -- the request's Idempotency-Key
    body_hash       TEXT NOT NULL,      -- fingerprint of what it brought
    answered_at     TIMESTAMP NOT NULL, -- when, UTC: it is forgotten a week later
    snapshot_id     INTEGER NOT NULL,   -- the snapshot that it became
    answer          TEXT NOT NULL       -- the JSON that was answered
);

-- How far a topic's partitions have been taken into the ledger: written in the transaction that takes them in.
CREATE TABLE stream_offset (
    consumer_group      TEXT NOT NULL,      -- on whose behalf
    topic               TEXT NOT NULL,      -- the topic's name
    partition_number    INTEGER NOT NULL,   -- its partition
    next_offset         BIGINT NOT NULL,    -- the first message that is not in the ledger yet
    snapshot_id         INTEGER NOT NULL,   -- the newest snapshot when it was written
    updated_at          TIMESTAMP NOT NULL  -- when, UTC
);
