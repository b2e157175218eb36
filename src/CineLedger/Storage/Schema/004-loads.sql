-- All loads and their outcomes, and the schedules of servers. Shared by all servers of a ledger; not part of any snapshot.

-- One row per load, whether or not it published a snapshot.
CREATE TABLE load_run (
    run_id          TEXT NOT NULL,      -- its ID in /api/v1/loads; later loads sort after earlier ones
    trigger         TEXT NOT NULL,      -- what started it: command, request, schedule, push or stream
    node            TEXT NOT NULL,      -- where it ran: machine and process ID
    source          TEXT NOT NULL,      -- what was loaded, without credentials
    source_version  TEXT,               -- the source's version; null if it has none or was not reached
    state           TEXT NOT NULL,      -- running, published, unchanged, gated, busy, failed, cancelled or lost
    schedule        TEXT,               -- the schedule that started it; otherwise null
    due_at          TIMESTAMP,          -- the scheduled time or the time of the request, UTC; null for commands
    attempt         INTEGER NOT NULL,   -- 1, or more for a retry of the same due time
    started_at      TIMESTAMP NOT NULL, -- when it started, UTC
    ended_at        TIMESTAMP,          -- when it ended, UTC; null while running
    snapshot_id     INTEGER,            -- the snapshot that it published or found to be up to date
    records         BIGINT,             -- records read; null if none were read
    movies          BIGINT,             -- movies in the ledger afterwards
    added           BIGINT,             -- movies that it added
    changed         BIGINT,             -- movies that it changed
    removed         BIGINT,             -- movies that it removed
    finding_count   BIGINT,             -- number of findings
    findings        TEXT,               -- number of findings per rule: repair split-record 3, reject invalid-date 1
    error           TEXT                -- why it published nothing, in one line; null on success
);

-- All schedules that servers of this ledger have used.
CREATE TABLE load_schedule (
    schedule        TEXT NOT NULL,      -- hash of times, source and options: changing any of them makes another schedule
    cron            TEXT NOT NULL,      -- the times, in crontab syntax
    time_zone       TEXT NOT NULL,      -- the time zone of these times
    source          TEXT NOT NULL,      -- what is loaded, without credentials
    since           TIMESTAMP NOT NULL, -- when a server first used it, UTC; earlier due times are ignored
    last_due        TIMESTAMP           -- the newest due time for which a load was started, UTC; null before the first
);

ALTER TABLE webhook ADD COLUMN events TEXT;                  -- the events that it receives, separated by commas; null for snapshot.published only
ALTER TABLE webhook_delivery ADD COLUMN run_id TEXT DEFAULT ''; -- the reported load, with snapshot_id the newest snapshot at that time; empty for a snapshot
