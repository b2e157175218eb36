-- The profiles that loads compute while they read.

-- One row per part of a snapshot's profile. Parts without a row are computed when they are read.
CREATE TABLE snapshot_profile (
    snapshot_id     INTEGER NOT NULL,   -- the snapshot
    part            TEXT NOT NULL,      -- a column or a kind of list, years or amounts
    content         TEXT NOT NULL       -- its statistics as JSON
);
