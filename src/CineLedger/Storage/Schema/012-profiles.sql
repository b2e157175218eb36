-- The profiles that loads compute while they read.

-- One row per part of a snapshot's profile. Parts without a row are computed when they are read.
CREATE TABLE snapshot_profile (
    snapshot_id     INTEGER NOT NULL,   -- the snapshot
    part            TEXT NOT NULL,      -- a column or a kind of list, years or amounts
    content         TEXT NOT NULL       -- its statistics as JSON
);

-- What the movies of each name spent, earned and released by year, for the snapshots of complete loads, so that reports need not read the movies.
CREATE TABLE snapshot_total (
    snapshot_id      INTEGER NOT NULL,  -- the snapshot
    dimension        TEXT NOT NULL,     -- company, genre, studio, or movie for all movies, each counted once
    name_id          INTEGER NOT NULL,  -- the company, genre or studio; for all movies the month, 1 to 12, or 0 if it is unknown
    release_year     INTEGER NOT NULL,  -- planned and rumored movies dated after the snapshot are not counted
    movies           INTEGER NOT NULL,  -- the name's movies of the year
    budget           BIGINT,            -- in US dollars; NULL if all are unknown
    budget_known     INTEGER NOT NULL,  -- the movies with a known budget
    revenue          BIGINT,            -- in US dollars; NULL if all are unknown
    revenue_known    INTEGER NOT NULL,  -- the movies with a known revenue
    profit           BIGINT,            -- revenue minus budget of the movies with both amounts, in US dollars
    profit_budget    BIGINT,            -- the budget of the movies with both amounts, in US dollars
    profit_known     INTEGER NOT NULL,  -- the movies with both amounts
    popularity       DECIMAL(18, 6),    -- the sum of TMDB's scores
    popularity_known INTEGER NOT NULL   -- the movies with a score
);
