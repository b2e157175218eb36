-- Related data of movies, from the dataset's other files. These rows have their own since and until, independent of the movie's row.
-- content_hash covers a movie's whole list and is the same on each of its rows.

ALTER TABLE snapshot ADD COLUMN files TEXT;       -- names of the files that this load read, separated by commas; null for older snapshots
ALTER TABLE snapshot ADD COLUMN ratings BIGINT;   -- ratings in this snapshot; null if it has none

-- One row per movie and year: the number and the sum of its MovieLens ratings.
CREATE TABLE movie_rating (
    movie_id        BIGINT NOT NULL,         -- the movie
    since           INTEGER NOT NULL,        -- the first snapshot that holds this row
    until           INTEGER,                 -- the first snapshot without it; null while it is current
    rating_year     INTEGER NOT NULL,        -- year in which the ratings were given, UTC
    ratings         BIGINT NOT NULL,         -- number of ratings
    rating_sum      DECIMAL(18, 6) NOT NULL  -- sum of the ratings, each 0.5 to 5
);

-- One row per TMDB ID and name of a person: a renamed person gets a new number.
CREATE TABLE person (
    person_id       INTEGER NOT NULL,   -- the ledger's own number
    source_id       BIGINT NOT NULL,    -- TMDB ID of the person
    name            TEXT NOT NULL       -- the person's name
);

-- The cast and crew of movies.
CREATE TABLE movie_person (
    movie_id        BIGINT NOT NULL,    -- the movie
    since           INTEGER NOT NULL,   -- the first snapshot that holds this row
    until           INTEGER,            -- the first snapshot without it; null while it is current
    person_id       INTEGER NOT NULL,   -- the person
    credit          TEXT NOT NULL,      -- cast or crew
    job             TEXT,               -- job of a crew member: Director …
    department      TEXT,               -- department of a crew member: Directing …
    character       TEXT,               -- role of a cast member
    position        INTEGER NOT NULL,   -- from 0: cast in billing order, crew as listed
    content_hash    BIGINT NOT NULL     -- hash of the movie's whole cast and crew
);

-- One row per keyword.
CREATE TABLE keyword (
    keyword_id      INTEGER NOT NULL,   -- the ledger's own number
    name            TEXT NOT NULL       -- the keyword
);

-- The keywords of movies.
CREATE TABLE movie_keyword (
    movie_id        BIGINT NOT NULL,    -- the movie
    since           INTEGER NOT NULL,   -- the first snapshot that holds this row
    until           INTEGER,            -- the first snapshot without it; null while it is current
    keyword_id      INTEGER NOT NULL,   -- the keyword
    position        INTEGER NOT NULL,   -- position in the movie's list, from 0
    content_hash    BIGINT NOT NULL     -- hash of the movie's whole list
);

-- The ledger no longer holds any source completely: the related data has not been loaded yet.
DELETE FROM source_version;
