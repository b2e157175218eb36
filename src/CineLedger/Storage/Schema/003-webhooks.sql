-- Notifications of new snapshots. Shared by all servers of a ledger; not part of any snapshot.

-- One row per webhook: an address that is notified of new snapshots and of failed or gated loads.
CREATE TABLE webhook (
    webhook_id      TEXT NOT NULL,      -- its ID in /api/v1/webhooks
    url             TEXT NOT NULL,      -- where messages are posted
    secret          TEXT NOT NULL,      -- the key that signs messages; cineledger sql cannot read this table
    created_at      TIMESTAMP NOT NULL, -- when it was registered, UTC
    queued          INTEGER NOT NULL    -- the newest snapshot for which a delivery was queued
);

-- One row per message to a webhook: about a snapshot, or about a load.
CREATE TABLE webhook_delivery (
    webhook_id      TEXT NOT NULL,      -- the receiving webhook
    snapshot_id     INTEGER NOT NULL,   -- the reported snapshot
    state           TEXT NOT NULL,      -- pending, delivered or given-up
    tries           INTEGER NOT NULL,   -- number of attempts, including a running one
    queued_at       TIMESTAMP NOT NULL, -- when it was queued, UTC
    next_try_at     TIMESTAMP,          -- when the next attempt is due, UTC; during an attempt, when the claim of the sending server expires; null when finished
    ended_at        TIMESTAMP,          -- when it was delivered or given up, UTC
    status          INTEGER,            -- the HTTP status of the last attempt; null without a response
    error           TEXT                -- why the last attempt failed
);
