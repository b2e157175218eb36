-- The ledger as of snapshot s: since <= s AND (until IS NULL OR until > s). Rows are never changed but to set until.

CREATE TABLE snapshot (
    snapshot_id     INTEGER NOT NULL,
    source          TEXT NOT NULL,
    source_version  TEXT,
    synthetic       BOOLEAN NOT NULL,
    merged          BOOLEAN NOT NULL,
    started_at      TIMESTAMP NOT NULL,
    published_at    TIMESTAMP,
    state           TEXT NOT NULL,
    records         BIGINT NOT NULL,
    movies          BIGINT NOT NULL,
    undated         BIGINT NOT NULL,
    added           BIGINT NOT NULL,
    changed         BIGINT NOT NULL,
    removed         BIGINT NOT NULL
);

-- Which version of a source the ledger holds: what a conditional request is made of.
CREATE TABLE source_version (
    source          TEXT NOT NULL,
    version         TEXT NOT NULL,
    snapshot_id     INTEGER NOT NULL
);

CREATE TABLE movie (
    movie_id        BIGINT NOT NULL,
    since           INTEGER NOT NULL,
    until           INTEGER,
    title           TEXT,
    original_title  TEXT,
    release_date    DATE,
    release_year    INTEGER,
    release_month   INTEGER,
    budget          BIGINT,
    revenue         BIGINT,
    runtime         INTEGER,
    popularity      DECIMAL(18, 6),
    vote_average    DECIMAL(18, 6),
    vote_count      INTEGER,
    language        TEXT,
    status          TEXT,
    collection      TEXT,
    imdb_id         TEXT,
    adult           BOOLEAN,
    video           BOOLEAN,
    homepage        TEXT,
    poster_path     TEXT,
    tagline         TEXT,
    overview        TEXT,
    company_count   INTEGER NOT NULL,
    genre_count     INTEGER NOT NULL,
    content_hash    BIGINT NOT NULL,
    line            INTEGER NOT NULL
);

-- position: the place in the film's own list, from 0. source_id: the supplier's number, of which a name may have several.
CREATE TABLE company (company_id INTEGER NOT NULL, name TEXT NOT NULL);
CREATE TABLE genre (genre_id INTEGER NOT NULL, name TEXT NOT NULL);
CREATE TABLE country (country_id INTEGER NOT NULL, code TEXT NOT NULL, name TEXT NOT NULL);
CREATE TABLE language (language_id INTEGER NOT NULL, code TEXT NOT NULL, name TEXT NOT NULL);

CREATE TABLE movie_company (
    movie_id BIGINT NOT NULL, since INTEGER NOT NULL, company_id INTEGER NOT NULL, position INTEGER NOT NULL, source_id BIGINT);
CREATE TABLE movie_genre (
    movie_id BIGINT NOT NULL, since INTEGER NOT NULL, genre_id INTEGER NOT NULL, position INTEGER NOT NULL, source_id BIGINT);
CREATE TABLE movie_country (
    movie_id BIGINT NOT NULL, since INTEGER NOT NULL, country_id INTEGER NOT NULL, position INTEGER NOT NULL);
CREATE TABLE movie_language (
    movie_id BIGINT NOT NULL, since INTEGER NOT NULL, language_id INTEGER NOT NULL, position INTEGER NOT NULL);

CREATE TABLE finding (
    snapshot_id     INTEGER NOT NULL,
    kind            TEXT NOT NULL,
    rule            TEXT NOT NULL,
    file            TEXT NOT NULL,
    line            INTEGER NOT NULL,
    movie_id        BIGINT,
    field           TEXT,
    value           TEXT,
    occurrences     BIGINT NOT NULL
);
