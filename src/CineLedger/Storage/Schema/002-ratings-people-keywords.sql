-- What other files of the dataset say about movies. Rows live by themselves: since <= s AND (until IS NULL OR until > s), whatever the
-- movie's own row does. content_hash is that of a movie's whole list, the same on each of its rows.

ALTER TABLE snapshot ADD COLUMN files TEXT;       -- names of the files this load read, with commas; null for older snapshots
ALTER TABLE snapshot ADD COLUMN ratings BIGINT;   -- ratings the ledger holds as of it; null where it holds none

-- One row a movie and year of rating: how often it was rated on MovieLens, and how.
CREATE TABLE movie_rating (
    movie_id        BIGINT NOT NULL,         -- the movie
    since           INTEGER NOT NULL,        -- the first snapshot that holds this row
    until           INTEGER,                 -- the first snapshot that does not any more; null for what holds on
    rating_year     INTEGER NOT NULL,        -- the year of the ratings, UTC
    ratings         BIGINT NOT NULL,         -- how many there are
    rating_sum      DECIMAL(18, 6) NOT NULL  -- what they add up to, each 0.5 to 5
);

-- One number for each name under which the supplier has a person.
CREATE TABLE person (
    person_id       INTEGER NOT NULL,   -- the ledger's own number
    source_id       BIGINT NOT NULL,    -- TMDB's number of the person
    name            TEXT NOT NULL       -- the person's name
);

-- Who is in a movie's cast and crew, and as what.
CREATE TABLE movie_person (
    movie_id        BIGINT NOT NULL,    -- the movie
    since           INTEGER NOT NULL,   -- the first snapshot that holds this row
    until           INTEGER,            -- the first snapshot that does not any more; null for what holds on
    person_id       INTEGER NOT NULL,   -- who
    credit          TEXT NOT NULL,      -- cast or crew
    job             TEXT,               -- what the crew did: Director …
    department      TEXT,               -- the crew's department: Directing …
    character       TEXT,               -- whom the cast played
    position        INTEGER NOT NULL,   -- from 0: the cast as billed, the crew as listed
    content_hash    BIGINT NOT NULL     -- fingerprint of the movie's whole cast and crew
);

-- Keywords, each once.
CREATE TABLE keyword (
    keyword_id      INTEGER NOT NULL,   -- the ledger's own number
    name            TEXT NOT NULL       -- the keyword
);

-- The keywords of movies.
CREATE TABLE movie_keyword (
    movie_id        BIGINT NOT NULL,    -- the movie
    since           INTEGER NOT NULL,   -- the first snapshot that holds this row
    until           INTEGER,            -- the first snapshot that does not any more; null for what holds on
    keyword_id      INTEGER NOT NULL,   -- which
    position        INTEGER NOT NULL,   -- the place in the movie's list, from 0
    content_hash    BIGINT NOT NULL     -- fingerprint of the movie's whole list
);

-- No source is wholly in the ledger any more: its other files have not been read yet.
DELETE FROM source_version;
