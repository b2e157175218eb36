-- What the quality gates compare and find.

-- One row per column of a snapshot, for loads and merges that touched more than a few movies. Lists count as columns.
CREATE TABLE snapshot_figure (
    snapshot_id     INTEGER NOT NULL,   -- the snapshot
    column_name     TEXT NOT NULL,      -- the column, as the dataset calls it; id counts all movies
    known           BIGINT NOT NULL,    -- movies with a known value or at least one name
    total           DOUBLE PRECISION,   -- the sum of the known values; null for columns without numbers
    median          DOUBLE PRECISION,   -- their median, of a sample in a large ledger
    largest         DOUBLE PRECISION    -- the largest one
);

-- One row per violation of a gate, whether it stopped the load or was accepted. Kept as long as the record of the load.
CREATE TABLE load_gate (
    run_id          TEXT NOT NULL,      -- the load
    position        INTEGER NOT NULL,   -- the order of the checks, from 0
    gate            TEXT NOT NULL,      -- the gate, see docs/gates.md
    column_name     TEXT,               -- the affected column; null if it concerns whole records
    message         TEXT NOT NULL,      -- what was found, with the previous and the current figures
    accepted_by     TEXT                -- who accepted the gate; null if it stopped the load
);

-- The first findings of each rule in a load that a gate stopped.
CREATE TABLE load_finding (
    run_id          TEXT NOT NULL,      -- the load
    kind            TEXT NOT NULL,      -- repair, reject, drop or flag
    rule            TEXT NOT NULL,      -- name of the cleaning rule, see docs/cleaning.md
    file            TEXT NOT NULL,      -- file of the dataset
    line            INTEGER NOT NULL,   -- line where the record begins
    movie_id        BIGINT,             -- the movie, if known
    field           TEXT,               -- the affected field; null for the whole record
    value           TEXT,               -- the original value
    occurrences     BIGINT NOT NULL     -- how often it occurred, for findings counted per column
);
