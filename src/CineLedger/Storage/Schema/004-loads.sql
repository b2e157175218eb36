-- Every load that was begun, and what became of it; and the schedules that servers have. Shared by all servers of a ledger; not part of any
-- snapshot.

-- One row a load, whatever began it and whatever became of it.
CREATE TABLE load_run (
    run_id          TEXT NOT NULL,      -- its name in /api/v1/loads; a later load's sorts after
    trigger         TEXT NOT NULL,      -- what began it: command, request or schedule
    node            TEXT NOT NULL,      -- where it ran: the machine and the number of the process
    source          TEXT NOT NULL,      -- what was loaded, without credentials
    source_version  TEXT,               -- the source's own mark of its version; null where it has none, or was never reached
    state           TEXT NOT NULL,      -- running, published, unchanged, gated, busy, failed, cancelled or lost
    schedule        TEXT,               -- the schedule that it belongs to; null for others
    due_at          TIMESTAMP,          -- when it was to begin, UTC: the schedule's time, or when it was asked for; null for commands
    attempt         INTEGER NOT NULL,   -- 1, or more where it was tried again for the same time
    started_at      TIMESTAMP NOT NULL, -- when it began, UTC
    ended_at        TIMESTAMP,          -- when it ended, UTC; null while it runs
    snapshot_id     INTEGER,            -- the snapshot that it published or found unchanged
    records         BIGINT,             -- records read; null where none were
    movies          BIGINT,             -- movies that the ledger held then
    added           BIGINT,             -- of these, movies that it added
    changed         BIGINT,             -- movies that it changed
    removed         BIGINT,             -- movies that it removed
    finding_count   BIGINT,             -- how many findings it made
    findings        TEXT,               -- how many of each: repair split-record 3, reject invalid-date 1
    error           TEXT                -- why it published nothing, in one line; null where all went well
);

-- The schedules that servers of this ledger have had.
CREATE TABLE load_schedule (
    schedule        TEXT NOT NULL,      -- fingerprint of times, source and options: a schedule that is changed is another one
    cron            TEXT NOT NULL,      -- the times, as crontab has them
    time_zone       TEXT NOT NULL,      -- the zone that they are in
    source          TEXT NOT NULL,      -- what is loaded, without credentials
    since           TIMESTAMP NOT NULL, -- when a server first had it, UTC: what was due before is not its own
    last_due        TIMESTAMP           -- the newest time that a load was begun for, UTC; null before the first
);

ALTER TABLE webhook ADD COLUMN events TEXT;                  -- what it is told of, with commas; null for snapshot.published alone
ALTER TABLE webhook_delivery ADD COLUMN run_id TEXT DEFAULT ''; -- the load that it tells of, with snapshot_id the newest snapshot then; empty for a snapshot
