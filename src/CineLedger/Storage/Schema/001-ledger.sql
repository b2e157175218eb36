-- The ledger as of snapshot s: since <= s AND (until IS NULL OR until > s). Rows are never changed but to set until.
-- A comment before a table, or behind a column, is its meaning in docs/data-model.md and in cineledger sql --schema.

-- One row a published load: what it read, and what it changed.
CREATE TABLE snapshot (
    snapshot_id     INTEGER NOT NULL,   -- 1, 2, 3 …
    source          TEXT NOT NULL,      -- where the dataset came from
    source_version  TEXT,               -- the source's own mark of its version: an ETag, a time
    synthetic       BOOLEAN NOT NULL,   -- true for generated movies, whose numbers mean nothing
    merged          BOOLEAN NOT NULL,   -- true where movies that the source lacks stayed (load --merge)
    started_at      TIMESTAMP NOT NULL, -- when the load began, UTC
    published_at    TIMESTAMP,          -- when readers could see it, UTC
    state           TEXT NOT NULL,      -- published
    records         BIGINT NOT NULL,    -- records read, before duplicates were dropped
    movies          BIGINT NOT NULL,    -- movies that the ledger holds as of it
    undated         BIGINT NOT NULL,    -- of these, movies without a release date
    added           BIGINT NOT NULL,    -- movies that the snapshot before did not hold
    changed         BIGINT NOT NULL,    -- movies that it held otherwise
    removed         BIGINT NOT NULL     -- movies that it held and this one does not
);

-- Which version of a source the ledger holds: what a conditional request is made of.
CREATE TABLE source_version (
    source          TEXT NOT NULL,      -- where the dataset came from
    version         TEXT NOT NULL,      -- the source's own mark of its version
    snapshot_id     INTEGER NOT NULL    -- the snapshot that holds it
);

-- One row a movie and version; amounts in whole US dollars, null where the dataset does not give them.
CREATE TABLE movie (
    movie_id        BIGINT NOT NULL,    -- TMDB's number of the movie
    since           INTEGER NOT NULL,   -- the first snapshot that holds this version
    until           INTEGER,            -- the first snapshot that does not any more; null for what holds on
    title           TEXT,               -- the title in English
    original_title  TEXT,               -- the title in the movie's language
    release_date    DATE,               -- the first release
    release_year    INTEGER,            -- its year
    release_month   INTEGER,            -- its month, 1 to 12
    budget          BIGINT,             -- what the movie cost
    revenue         BIGINT,             -- what it took
    runtime         INTEGER,            -- minutes
    popularity      DECIMAL(18, 6),     -- TMDB's own score, without a unit
    vote_average    DECIMAL(18, 6),     -- the mean vote, 0 to 10
    vote_count      INTEGER,            -- how many voted
    language        TEXT,               -- the original language, ISO 639-1
    status          TEXT,               -- Released, Rumored, Post Production …
    collection      TEXT,               -- the series that it belongs to
    imdb_id         TEXT,               -- IMDb's number, tt0114709 for one
    adult           BOOLEAN,            -- true for movies for adults only
    video           BOOLEAN,            -- true for what never was in a cinema
    homepage        TEXT,               -- its address on the web
    poster_path     TEXT,               -- TMDB's file name of the poster
    tagline         TEXT,               -- the line on the poster
    overview        TEXT,               -- what it is about
    company_count   INTEGER NOT NULL,   -- how many companies it has
    genre_count     INTEGER NOT NULL,   -- how many genres it has
    content_hash    BIGINT NOT NULL,    -- the fingerprint of all that is known of the movie: tells versions apart
    line            INTEGER NOT NULL    -- the line of the file where it stood
);

-- A production company; one that is renamed gets a new number, so old snapshots keep the old name.
CREATE TABLE company (
    company_id      INTEGER NOT NULL,   -- the ledger's own number of the name, for ever
    name            TEXT NOT NULL       -- as the dataset has it, trimmed
);

-- A genre.
CREATE TABLE genre (
    genre_id        INTEGER NOT NULL,   -- the ledger's own number of the name, for ever
    name            TEXT NOT NULL       -- as the dataset has it, trimmed
);

-- A country that movies were produced in.
CREATE TABLE country (
    country_id      INTEGER NOT NULL,   -- the ledger's own number, for ever
    code            TEXT NOT NULL,      -- ISO 3166-1, two letters
    name            TEXT NOT NULL       -- in English
);

-- A language that is spoken in movies.
CREATE TABLE language (
    language_id     INTEGER NOT NULL,   -- the ledger's own number, for ever
    code            TEXT NOT NULL,      -- ISO 639-1, two letters
    name            TEXT NOT NULL       -- in the language itself
);

-- The companies of a movie's version.
CREATE TABLE movie_company (
    movie_id        BIGINT NOT NULL,    -- the movie
    since           INTEGER NOT NULL,   -- its version
    company_id      INTEGER NOT NULL,   -- the company
    position        INTEGER NOT NULL,   -- the place in the movie's own list, from 0
    source_id       BIGINT              -- the supplier's number, of which a name may have several
);

-- The genres of a movie's version.
CREATE TABLE movie_genre (
    movie_id        BIGINT NOT NULL,    -- the movie
    since           INTEGER NOT NULL,   -- its version
    genre_id        INTEGER NOT NULL,   -- the genre
    position        INTEGER NOT NULL,   -- the place in the movie's own list, from 0
    source_id       BIGINT              -- the supplier's number
);

-- The countries of a movie's version.
CREATE TABLE movie_country (
    movie_id        BIGINT NOT NULL,    -- the movie
    since           INTEGER NOT NULL,   -- its version
    country_id      INTEGER NOT NULL,   -- the country
    position        INTEGER NOT NULL    -- the place in the movie's own list, from 0
);

-- The languages of a movie's version.
CREATE TABLE movie_language (
    movie_id        BIGINT NOT NULL,    -- the movie
    since           INTEGER NOT NULL,   -- its version
    language_id     INTEGER NOT NULL,   -- the language
    position        INTEGER NOT NULL    -- the place in the movie's own list, from 0
);

-- What the cleaner did and refused in a snapshot's load.
CREATE TABLE finding (
    snapshot_id     INTEGER NOT NULL,   -- the snapshot whose load found it
    kind            TEXT NOT NULL,      -- repair, reject, drop or flag
    rule            TEXT NOT NULL,      -- the cleaning rule, as docs/cleaning.md names it
    file            TEXT NOT NULL,      -- the file of the dataset
    line            INTEGER NOT NULL,   -- the line where the record begins
    movie_id        BIGINT,             -- the movie, where it is known
    field           TEXT,               -- the field that it is about; null for the whole record
    value           TEXT,               -- what stood there
    occurrences     BIGINT NOT NULL     -- how often, for findings that are counted by column
);
