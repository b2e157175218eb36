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
    dimension        TEXT NOT NULL,     -- company, genre, studio, month, or movie for all movies, each counted once
    name_id          INTEGER NOT NULL,  -- the company, genre or studio; the month, 1 to 12; 0 for all movies
    release_year     INTEGER NOT NULL,  -- planned and rumored movies dated after the snapshot are not counted
    movies           BIGINT NOT NULL,   -- the name's movies of the year
    budget           DECIMAL(38, 0),    -- in US dollars; NULL if all are unknown
    budget_known     BIGINT NOT NULL,   -- the movies with a known budget
    revenue          DECIMAL(38, 0),    -- in US dollars; NULL if all are unknown
    revenue_known    BIGINT NOT NULL,   -- the movies with a known revenue
    profit           DECIMAL(38, 0),    -- revenue minus budget of the movies with both amounts, in US dollars
    profit_budget    DECIMAL(38, 0),    -- the budget of the movies with both amounts, in US dollars
    profit_known     BIGINT NOT NULL,   -- the movies with both amounts
    popularity       DECIMAL(28, 6),    -- the sum of TMDB's scores
    popularity_known BIGINT NOT NULL    -- the movies with a score
);
