-- Whom servers tell of new snapshots. Shared by all servers of a ledger; not part of any snapshot.

-- Where new snapshots are told.
CREATE TABLE webhook (
    webhook_id      TEXT NOT NULL,      -- its name in /api/v1/webhooks
    url             TEXT NOT NULL,      -- where messages are posted
    secret          TEXT NOT NULL,      -- what they are signed with: cineledger sql does not read this table
    created_at      TIMESTAMP NOT NULL, -- when it was registered, UTC
    queued          INTEGER NOT NULL    -- the newest snapshot that a delivery was made for
);

-- One row a webhook and snapshot that it is told of.
CREATE TABLE webhook_delivery (
    webhook_id      TEXT NOT NULL,      -- whom
    snapshot_id     INTEGER NOT NULL,   -- what of
    state           TEXT NOT NULL,      -- pending, delivered or given-up
    tries           INTEGER NOT NULL,   -- how often it was tried, or is being tried
    queued_at       TIMESTAMP NOT NULL, -- when it was to go out, UTC
    next_try_at     TIMESTAMP,          -- when it is tried next, UTC, unless a server has it in hand till then; null where it is done
    ended_at        TIMESTAMP,          -- when it arrived or was given up, UTC
    status          INTEGER,            -- the HTTP status of the last try; null where there was no answer
    error           TEXT                -- why the last try failed
);
