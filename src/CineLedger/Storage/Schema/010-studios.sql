-- Studios: the groups of companies that analysts compare, with the times in which a company belonged to one.

-- One row per studio, under the name that reports show.
CREATE TABLE studio (
    studio_id       INTEGER NOT NULL,   -- the ledger's number of the name, from 1
    name            TEXT NOT NULL       -- the name
);

-- The lines of the list of studios, as imported.
CREATE TABLE studio_line (
    since           INTEGER NOT NULL,   -- first snapshot with this line
    until           INTEGER,            -- first snapshot without it; null if it is current
    studio          TEXT NOT NULL,      -- the studio, or independent
    company         TEXT NOT NULL,      -- a company's name, tmdb:ID, or another studio's name
    owned_from      TEXT,               -- first day, month or year of ownership; null if it has no known beginning
    owned_to        TEXT,               -- last day, month or year of ownership; null if it has not ended
    source          TEXT NOT NULL       -- the address of a page that states the fact, or unsourced
);

-- The studio of each company by day, computed from the lines and the names in the ledger. A company has at most one studio on a day.
CREATE TABLE company_studio (
    since           INTEGER NOT NULL,   -- first snapshot with this row
    until           INTEGER,            -- first snapshot without it; null if it is current
    company_id      INTEGER NOT NULL,   -- the company
    studio_id       INTEGER NOT NULL,   -- its studio; 0 if it is known to be independent
    owned_from      DATE NOT NULL,      -- first day; 0001-01-01 if there is no known beginning
    owned_to        DATE NOT NULL       -- last day; 9999-12-31 if there is no end
);
