-- A row belongs to snapshot s if since <= s AND (until IS NULL OR until > s). Setting until is the only change ever made to a row.
-- docs/data-model.md and cineledger sql --schema show the comment above a table and the comment after a column as its meaning.

-- One row per published load: what it read and what it changed.
CREATE TABLE snapshot (
    snapshot_id     INTEGER NOT NULL,   -- 1, 2, 3 …
    source          TEXT NOT NULL,      -- where the dataset came from
    source_version  TEXT,               -- the source's version: an ETag or a time
    synthetic       BOOLEAN NOT NULL,   -- true for generated data, whose numbers are invented
    merged          BOOLEAN NOT NULL,   -- true if movies missing from the source were kept (load --merge)
    started_at      TIMESTAMP NOT NULL, -- when the load began, UTC
    published_at    TIMESTAMP,          -- when it became visible to readers, UTC
    state           TEXT NOT NULL,      -- always published
    records         BIGINT NOT NULL,    -- records read, before duplicates were dropped
    movies          BIGINT NOT NULL,    -- movies in this snapshot
    undated         BIGINT NOT NULL,    -- of these, without a release date
    added           BIGINT NOT NULL,    -- movies that the previous snapshot lacks
    changed         BIGINT NOT NULL,    -- movies that differ from the previous snapshot
    removed         BIGINT NOT NULL     -- movies that only the previous snapshot has
);

-- The version of each source that the ledger holds, for conditional requests.
CREATE TABLE source_version (
    source          TEXT NOT NULL,      -- where the dataset came from
    version         TEXT NOT NULL,      -- the source's version
    snapshot_id     INTEGER NOT NULL    -- the snapshot that holds it
);

-- One row per version of a movie. Amounts are in whole US dollars, null if the dataset does not give them.
CREATE TABLE movie (
    movie_id        BIGINT NOT NULL,    -- TMDB ID of the movie
    since           INTEGER NOT NULL,   -- the first snapshot that holds this version
    until           INTEGER,            -- the first snapshot without it; null while it is current
    title           TEXT,               -- the title in English
    original_title  TEXT,               -- the title in the movie's language
    release_date    DATE,               -- the first release; null if only its year is known
    release_year    INTEGER,            -- its year, which may be known without the date
    release_month   INTEGER,            -- its month, 1 to 12; null without the date
    budget          BIGINT,             -- production cost
    revenue         BIGINT,             -- box-office revenue
    runtime         INTEGER,            -- minutes
    popularity      DECIMAL(18, 6),     -- TMDB's score, without a unit
    vote_average    DECIMAL(18, 6),     -- the mean vote, 0 to 10
    vote_count      INTEGER,            -- number of votes
    language        TEXT,               -- the original language, ISO 639-1
    status          TEXT,               -- Released, Rumored, Post Production …
    collection      TEXT,               -- the series that it belongs to
    imdb_id         TEXT,               -- IMDb ID, for example tt0114709
    adult           BOOLEAN,            -- true for adult movies
    video           BOOLEAN,            -- true for titles that were never shown in cinemas
    homepage        TEXT,               -- address of its website
    poster_path     TEXT,               -- the poster's file name at TMDB
    tagline         TEXT,               -- the slogan on the poster
    overview        TEXT,               -- plot summary
    company_count   INTEGER NOT NULL,   -- number of companies
    genre_count     INTEGER NOT NULL,   -- number of genres
    content_hash    BIGINT NOT NULL,    -- hash of all fields of the movie; differs between versions
    line            INTEGER NOT NULL    -- its line in the source file
);

-- A production company. All spellings of its name have one number. A renamed company gets a new number, so old snapshots keep the old name.
CREATE TABLE company (
    company_id      INTEGER NOT NULL,   -- the ledger's own number for the name; never changes
    name            TEXT NOT NULL       -- the most frequent spelling in the dataset of its first load, trimmed
);

-- A genre.
CREATE TABLE genre (
    genre_id        INTEGER NOT NULL,   -- the ledger's own number for the name; never changes
    name            TEXT NOT NULL       -- the name as in the dataset, trimmed
);

-- A country where movies were produced.
CREATE TABLE country (
    country_id      INTEGER NOT NULL,   -- the ledger's own number; never changes
    code            TEXT NOT NULL,      -- ISO 3166-1, two letters
    name            TEXT NOT NULL       -- the name in English
);

-- A language spoken in movies.
CREATE TABLE language (
    language_id     INTEGER NOT NULL,   -- the ledger's own number; never changes
    code            TEXT NOT NULL,      -- ISO 639-1, two letters
    name            TEXT NOT NULL       -- the name in the language itself
);

-- The companies of one version of a movie.
CREATE TABLE movie_company (
    movie_id        BIGINT NOT NULL,    -- the movie
    since           INTEGER NOT NULL,   -- the first snapshot of that version
    company_id      INTEGER NOT NULL,   -- the company
    position        INTEGER NOT NULL,   -- position in the movie's list, from 0
    source_id       BIGINT              -- TMDB ID of the company; one name may have several
);

-- The genres of one version of a movie.
CREATE TABLE movie_genre (
    movie_id        BIGINT NOT NULL,    -- the movie
    since           INTEGER NOT NULL,   -- the first snapshot of that version
    genre_id        INTEGER NOT NULL,   -- the genre
    position        INTEGER NOT NULL,   -- position in the movie's list, from 0
    source_id       BIGINT              -- TMDB ID of the genre
);

-- The countries of one version of a movie.
CREATE TABLE movie_country (
    movie_id        BIGINT NOT NULL,    -- the movie
    since           INTEGER NOT NULL,   -- the first snapshot of that version
    country_id      INTEGER NOT NULL,   -- the country
    position        INTEGER NOT NULL    -- position in the movie's list, from 0
);

-- The languages of one version of a movie.
CREATE TABLE movie_language (
    movie_id        BIGINT NOT NULL,    -- the movie
    since           INTEGER NOT NULL,   -- the first snapshot of that version
    language_id     INTEGER NOT NULL,   -- the language
    position        INTEGER NOT NULL    -- position in the movie's list, from 0
);

-- What cleaning repaired, rejected, dropped or flagged in the load of a snapshot.
CREATE TABLE finding (
    snapshot_id     INTEGER NOT NULL,   -- the snapshot whose load reported it
    kind            TEXT NOT NULL,      -- repair, reject, drop or flag
    rule            TEXT NOT NULL,      -- name of the cleaning rule, see docs/cleaning.md
    file            TEXT NOT NULL,      -- file of the dataset
    line            INTEGER NOT NULL,   -- line where the record begins
    movie_id        BIGINT,             -- the movie, if known
    field           TEXT,               -- the affected field; null for the whole record
    value           TEXT,               -- the original value
    occurrences     BIGINT NOT NULL     -- how often it occurred, for findings counted per column
);
