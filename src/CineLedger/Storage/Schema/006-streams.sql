-- State of pushes, streams and unpublished snapshots. Nothing here is part of a snapshot.

-- Snapshots that a load began but perhaps did not publish. Tables may contain rows of them, which the next load deletes.
CREATE TABLE draft (
    snapshot_id     INTEGER NOT NULL    -- the number reserved for it
);

-- An older ledger may hold such rows.
INSERT INTO draft SELECT COALESCE(MAX(snapshot_id), 0) + 1 FROM snapshot;

-- Responses to pushes over HTTP: a repeated push gets the same response.
CREATE TABLE push_answer (
    push_key        TEXT NOT NULL,      -- the request's Idempotency-Key
    body_hash       TEXT NOT NULL,      -- hash of the request's body
    answered_at     TIMESTAMP NOT NULL, -- time of the response, UTC; the row is deleted a week later
    snapshot_id     INTEGER NOT NULL,   -- the snapshot that it published, or the newest at that time
    answer          TEXT NOT NULL       -- the response's JSON
);

-- How far each partition of a topic has been consumed. Written in the transaction that publishes the messages' content.
CREATE TABLE stream_offset (
    consumer_group      TEXT NOT NULL,      -- the consumer group
    topic               TEXT NOT NULL,      -- the topic
    partition_number    INTEGER NOT NULL,   -- the partition
    next_offset         BIGINT NOT NULL,    -- the first message that is not yet in the ledger
    snapshot_id         INTEGER NOT NULL,   -- the newest snapshot when this was written
    updated_at          TIMESTAMP NOT NULL  -- when this was written, UTC
);
