-- What other files of the dataset say about films. Rows live by themselves: since <= s AND (until IS NULL OR until > s), whatever the
-- film's own row does. content_hash is that of a film's whole list, the same on each of its rows.

-- Names of the files this load read, ", " between them; null for older snapshots.
ALTER TABLE snapshot ADD COLUMN files TEXT;

-- Ratings the ledger holds as of the snapshot; null where it holds none.
ALTER TABLE snapshot ADD COLUMN ratings BIGINT;

CREATE TABLE movie_rating (
    movie_id        BIGINT NOT NULL,
    since           INTEGER NOT NULL,
    until           INTEGER,
    rating_year     INTEGER NOT NULL,
    ratings         BIGINT NOT NULL,
    rating_sum      DECIMAL(18, 6) NOT NULL
);

-- One number for each name under which the supplier has a person.
CREATE TABLE person (person_id INTEGER NOT NULL, source_id BIGINT NOT NULL, name TEXT NOT NULL);

-- credit: cast or crew. position: from 0, the cast by its order, the crew as listed.
CREATE TABLE movie_person (
    movie_id        BIGINT NOT NULL,
    since           INTEGER NOT NULL,
    until           INTEGER,
    person_id       INTEGER NOT NULL,
    credit          TEXT NOT NULL,
    job             TEXT,
    department      TEXT,
    character       TEXT,
    position        INTEGER NOT NULL,
    content_hash    BIGINT NOT NULL
);

CREATE TABLE keyword (keyword_id INTEGER NOT NULL, name TEXT NOT NULL);

CREATE TABLE movie_keyword (
    movie_id        BIGINT NOT NULL,
    since           INTEGER NOT NULL,
    until           INTEGER,
    keyword_id      INTEGER NOT NULL,
    position        INTEGER NOT NULL,
    content_hash    BIGINT NOT NULL
);

-- No source is wholly in the ledger any more: its other files have not been read yet.
DELETE FROM source_version;
