-- Views of one snapshot, generated from the definitions in src/CineLedger/Reports/Views. A test fails if it is out of date (CINELEDGER_WRITE_DOCS=1 regenerates it).
-- {pinned} stands for the engine's session setting with the snapshot's number.

CREATE VIEW current_snapshot AS
WITH pinned AS MATERIALIZED (SELECT CAST({pinned} AS INTEGER) AS snapshot_id)
SELECT s.snapshot_id, s.source, s.synthetic, s.published_at
FROM snapshot s
WHERE s.snapshot_id = COALESCE(
    (SELECT p.snapshot_id FROM pinned p WHERE p.snapshot_id IN (SELECT k.snapshot_id FROM snapshot k WHERE k.state = 'published')),
    (SELECT CAST('there is no published snapshot ' || p.snapshot_id AS INTEGER) FROM pinned p
     WHERE p.snapshot_id NOT IN (SELECT k.snapshot_id FROM snapshot k WHERE k.state = 'published')),
    (SELECT MAX(k.snapshot_id) FROM snapshot k WHERE k.state = 'published'));
COMMENT ON VIEW current_snapshot IS 'The snapshot that the other views show.';
COMMENT ON COLUMN current_snapshot.snapshot_id IS '1, 2, 3 …';
COMMENT ON COLUMN current_snapshot.source IS 'where the dataset came from';
COMMENT ON COLUMN current_snapshot.synthetic IS 'true for generated data, whose numbers are invented';
COMMENT ON COLUMN current_snapshot.published_at IS 'when it became visible to readers, UTC';

CREATE VIEW movies AS
SELECT v.movie_id AS movie_id, v.title AS title, v.original_title AS original_title, v.release_date AS release_date, v.release_year AS year, v.release_month AS month, v.budget AS budget, v.revenue AS revenue, v.runtime AS runtime, v.popularity AS popularity, v.vote_average AS vote_average, v.vote_count AS vote_count, v.language AS language, v.status AS status, v.collection AS collection, v.imdb_id AS imdb_id, v.adult AS adult, v.video AS video, v.homepage AS homepage, v.poster_path AS poster_path, v.tagline AS tagline, v.overview AS overview, v.company_count AS company_count, v.genre_count AS genre_count
FROM movie v
WHERE v.since <= (SELECT snapshot_id FROM current_snapshot) AND (v.until IS NULL OR v.until > (SELECT snapshot_id FROM current_snapshot));
COMMENT ON VIEW movies IS 'One row per movie. Amounts are in whole US dollars, null if the dataset does not give them.';
COMMENT ON COLUMN movies.movie_id IS 'TMDB ID of the movie';
COMMENT ON COLUMN movies.title IS 'the title in English';
COMMENT ON COLUMN movies.original_title IS 'the title in the movie''s language';
COMMENT ON COLUMN movies.release_date IS 'the first release; null if only its year is known';
COMMENT ON COLUMN movies.year IS 'its year, which may be known without the date';
COMMENT ON COLUMN movies.month IS 'its month, 1 to 12; null without the date';
COMMENT ON COLUMN movies.budget IS 'production cost';
COMMENT ON COLUMN movies.revenue IS 'box-office revenue';
COMMENT ON COLUMN movies.runtime IS 'minutes';
COMMENT ON COLUMN movies.popularity IS 'TMDB''s score, without a unit';
COMMENT ON COLUMN movies.vote_average IS 'the mean vote, 0 to 10';
COMMENT ON COLUMN movies.vote_count IS 'number of votes';
COMMENT ON COLUMN movies.language IS 'the original language, ISO 639-1';
COMMENT ON COLUMN movies.status IS 'Released, Rumored, Post Production …';
COMMENT ON COLUMN movies.collection IS 'the series that it belongs to';
COMMENT ON COLUMN movies.imdb_id IS 'IMDb ID, for example tt0114709';
COMMENT ON COLUMN movies.adult IS 'true for adult movies';
COMMENT ON COLUMN movies.video IS 'true for titles that were never shown in cinemas';
COMMENT ON COLUMN movies.homepage IS 'address of its website';
COMMENT ON COLUMN movies.poster_path IS 'the poster''s file name at TMDB';
COMMENT ON COLUMN movies.tagline IS 'the slogan on the poster';
COMMENT ON COLUMN movies.overview IS 'plot summary';
COMMENT ON COLUMN movies.company_count IS 'number of companies';
COMMENT ON COLUMN movies.genre_count IS 'number of genres';

CREATE VIEW movie_companies AS
SELECT l.movie_id AS movie_id, l.company_id AS company_id, company_of.name AS company, l.position AS position, l.source_id AS source_id
FROM movie_company l JOIN movie v ON v.movie_id = l.movie_id AND v.since = l.since JOIN company company_of ON company_of.company_id = l.company_id
WHERE v.since <= (SELECT snapshot_id FROM current_snapshot) AND (v.until IS NULL OR v.until > (SELECT snapshot_id FROM current_snapshot));
COMMENT ON VIEW movie_companies IS 'The companies of each movie.';
COMMENT ON COLUMN movie_companies.movie_id IS 'the movie';
COMMENT ON COLUMN movie_companies.company_id IS 'the company';
COMMENT ON COLUMN movie_companies.company IS 'the most frequent spelling in the dataset of its first load, trimmed';
COMMENT ON COLUMN movie_companies.position IS 'position in the movie''s list, from 0';
COMMENT ON COLUMN movie_companies.source_id IS 'TMDB ID of the company; one name may have several';

CREATE VIEW movie_genres AS
SELECT l.movie_id AS movie_id, l.genre_id AS genre_id, genre_of.name AS genre, l.position AS position, l.source_id AS source_id
FROM movie_genre l JOIN movie v ON v.movie_id = l.movie_id AND v.since = l.since JOIN genre genre_of ON genre_of.genre_id = l.genre_id
WHERE v.since <= (SELECT snapshot_id FROM current_snapshot) AND (v.until IS NULL OR v.until > (SELECT snapshot_id FROM current_snapshot));
COMMENT ON VIEW movie_genres IS 'The genres of each movie.';
COMMENT ON COLUMN movie_genres.movie_id IS 'the movie';
COMMENT ON COLUMN movie_genres.genre_id IS 'the genre';
COMMENT ON COLUMN movie_genres.genre IS 'the name as in the dataset, trimmed';
COMMENT ON COLUMN movie_genres.position IS 'position in the movie''s list, from 0';
COMMENT ON COLUMN movie_genres.source_id IS 'TMDB ID of the genre';

CREATE VIEW movie_countries AS
SELECT l.movie_id AS movie_id, l.country_id AS country_id, country_of.code AS country_code, country_of.name AS country, l.position AS position
FROM movie_country l JOIN movie v ON v.movie_id = l.movie_id AND v.since = l.since JOIN country country_of ON country_of.country_id = l.country_id
WHERE v.since <= (SELECT snapshot_id FROM current_snapshot) AND (v.until IS NULL OR v.until > (SELECT snapshot_id FROM current_snapshot));
COMMENT ON VIEW movie_countries IS 'The countries of each movie.';
COMMENT ON COLUMN movie_countries.movie_id IS 'the movie';
COMMENT ON COLUMN movie_countries.country_id IS 'the country';
COMMENT ON COLUMN movie_countries.country_code IS 'ISO 3166-1, two letters';
COMMENT ON COLUMN movie_countries.country IS 'the name in English';
COMMENT ON COLUMN movie_countries.position IS 'position in the movie''s list, from 0';

CREATE VIEW movie_languages AS
SELECT l.movie_id AS movie_id, l.language_id AS language_id, language_of.code AS language_code, language_of.name AS language, l.position AS position
FROM movie_language l JOIN movie v ON v.movie_id = l.movie_id AND v.since = l.since JOIN language language_of ON language_of.language_id = l.language_id
WHERE v.since <= (SELECT snapshot_id FROM current_snapshot) AND (v.until IS NULL OR v.until > (SELECT snapshot_id FROM current_snapshot));
COMMENT ON VIEW movie_languages IS 'The languages of each movie.';
COMMENT ON COLUMN movie_languages.movie_id IS 'the movie';
COMMENT ON COLUMN movie_languages.language_id IS 'the language';
COMMENT ON COLUMN movie_languages.language_code IS 'ISO 639-1, two letters';
COMMENT ON COLUMN movie_languages.language IS 'the name in the language itself';
COMMENT ON COLUMN movie_languages.position IS 'position in the movie''s list, from 0';

CREATE VIEW movie_ratings AS
SELECT v.movie_id AS movie_id, v.rating_year AS rating_year, v.ratings AS ratings, v.rating_sum AS rating_sum
FROM movie_rating v
WHERE v.since <= (SELECT snapshot_id FROM current_snapshot) AND (v.until IS NULL OR v.until > (SELECT snapshot_id FROM current_snapshot));
COMMENT ON VIEW movie_ratings IS 'One row per movie and year: the number and the sum of its MovieLens ratings.';
COMMENT ON COLUMN movie_ratings.movie_id IS 'the movie';
COMMENT ON COLUMN movie_ratings.rating_year IS 'year in which the ratings were given, UTC';
COMMENT ON COLUMN movie_ratings.ratings IS 'number of ratings';
COMMENT ON COLUMN movie_ratings.rating_sum IS 'sum of the ratings, each 0.5 to 5';

CREATE VIEW movie_people AS
SELECT v.movie_id AS movie_id, v.person_id AS person_id, v.credit AS credit, v.job AS job, v.department AS department, v.character AS character, v.position AS position
FROM movie_person v
WHERE v.since <= (SELECT snapshot_id FROM current_snapshot) AND (v.until IS NULL OR v.until > (SELECT snapshot_id FROM current_snapshot));
COMMENT ON VIEW movie_people IS 'The cast and crew of movies.';
COMMENT ON COLUMN movie_people.movie_id IS 'the movie';
COMMENT ON COLUMN movie_people.person_id IS 'the person';
COMMENT ON COLUMN movie_people.credit IS 'cast or crew';
COMMENT ON COLUMN movie_people.job IS 'job of a crew member: Director …';
COMMENT ON COLUMN movie_people.department IS 'department of a crew member: Directing …';
COMMENT ON COLUMN movie_people.character IS 'role of a cast member';
COMMENT ON COLUMN movie_people.position IS 'from 0: cast in billing order, crew as listed';

CREATE VIEW movie_keywords AS
SELECT v.movie_id AS movie_id, v.keyword_id AS keyword_id, v.position AS position
FROM movie_keyword v
WHERE v.since <= (SELECT snapshot_id FROM current_snapshot) AND (v.until IS NULL OR v.until > (SELECT snapshot_id FROM current_snapshot));
COMMENT ON VIEW movie_keywords IS 'The keywords of movies.';
COMMENT ON COLUMN movie_keywords.movie_id IS 'the movie';
COMMENT ON COLUMN movie_keywords.keyword_id IS 'the keyword';
COMMENT ON COLUMN movie_keywords.position IS 'position in the movie''s list, from 0';

CREATE VIEW company_years AS
WITH  selected_movies AS NOT MATERIALIZED (
    SELECT m.movie_id, m.since, m.release_year AS d0, m.company_count, m.budget AS budget, m.revenue AS revenue, m.popularity AS popularity
    FROM movie m
    WHERE m.since <= (SELECT snapshot_id FROM current_snapshot) AND (m.until IS NULL OR m.until > (SELECT snapshot_id FROM current_snapshot)) AND m.release_year IS NOT NULL AND (m.status IS NULL OR m.status = 'Released' OR COALESCE(m.release_date, MAKE_DATE(m.release_year, 1, 1)) <= (SELECT CAST(COALESCE(published_at, started_at) AS DATE) FROM snapshot WHERE snapshot_id = (SELECT snapshot_id FROM current_snapshot)))),
grouped AS (
    SELECT f.d0 AS k0,
           l1.company_id AS k1,
           COUNT(*) AS releases,
           CAST(SUM(f.budget) AS BIGINT) AS budget,
           CAST(SUM(f.revenue) AS BIGINT) AS revenue,
           CASE WHEN COUNT(f.budget) + COUNT(f.revenue) > 0 THEN CAST(COALESCE(SUM(f.revenue), 0) - COALESCE(SUM(f.budget), 0) AS BIGINT) END AS profit,
           CAST(SUM((f.revenue - f.budget)) AS BIGINT) AS matched_profit,
           CAST(SUM(f.popularity) AS FLOAT8) / NULLIF(COUNT(f.popularity), 0) AS popularity,
           COUNT(f.budget) AS budget_known,
           COUNT(f.revenue) AS revenue_known,
           COUNT(f.revenue - f.budget) AS profit_known
    FROM selected_movies f
    JOIN movie_company l1 ON l1.movie_id = f.movie_id AND l1.since = f.since
    GROUP BY f.d0, l1.company_id)
SELECT g.k0 AS year, n1.name AS company, g.releases, g.budget, g.revenue, g.profit, g.matched_profit, g.popularity, g.budget_known, g.revenue_known, g.profit_known
FROM grouped g
JOIN company n1 ON n1.company_id = g.k1;
COMMENT ON VIEW company_years IS 'What each production company spent, earned and released, year by year: the report companies.';
COMMENT ON COLUMN company_years.year IS 'year of the release date';
COMMENT ON COLUMN company_years.company IS 'production company';
COMMENT ON COLUMN company_years.releases IS 'movies, each counted once';
COMMENT ON COLUMN company_years.budget IS 'budget, in dollars';
COMMENT ON COLUMN company_years.revenue IS 'revenue, in dollars';
COMMENT ON COLUMN company_years.profit IS 'total known revenue minus total known budget';
COMMENT ON COLUMN company_years.matched_profit IS 'revenue minus budget, only over movies with both amounts known';
COMMENT ON COLUMN company_years.popularity IS 'mean of TMDB''s popularity';
COMMENT ON COLUMN company_years.budget_known IS 'movies with known budget';
COMMENT ON COLUMN company_years.revenue_known IS 'movies with known revenue';
COMMENT ON COLUMN company_years.profit_known IS 'movies with known budget and revenue';

CREATE VIEW genre_years AS
WITH  selected_movies AS NOT MATERIALIZED (
    SELECT m.movie_id, m.since, m.release_year AS d0, m.genre_count, m.popularity AS popularity, m.budget AS budget, m.revenue AS revenue
    FROM movie m
    WHERE m.since <= (SELECT snapshot_id FROM current_snapshot) AND (m.until IS NULL OR m.until > (SELECT snapshot_id FROM current_snapshot)) AND m.release_year IS NOT NULL AND (m.status IS NULL OR m.status = 'Released' OR COALESCE(m.release_date, MAKE_DATE(m.release_year, 1, 1)) <= (SELECT CAST(COALESCE(published_at, started_at) AS DATE) FROM snapshot WHERE snapshot_id = (SELECT snapshot_id FROM current_snapshot)))),
grouped AS (
    SELECT f.d0 AS k0,
           l1.genre_id AS k1,
           COUNT(*) AS releases,
           CAST(SUM(f.popularity) AS FLOAT8) / NULLIF(COUNT(f.popularity), 0) AS popularity,
           CAST(SUM(f.budget) AS BIGINT) AS budget,
           CAST(SUM(f.revenue) AS BIGINT) AS revenue,
           CASE WHEN COUNT(f.budget) + COUNT(f.revenue) > 0 THEN CAST(COALESCE(SUM(f.revenue), 0) - COALESCE(SUM(f.budget), 0) AS BIGINT) END AS profit,
           CAST(SUM((f.revenue - f.budget)) AS BIGINT) AS matched_profit,
           COUNT(f.budget) AS budget_known,
           COUNT(f.revenue) AS revenue_known,
           COUNT(f.revenue - f.budget) AS profit_known,
           CAST(SUM(f.popularity) * 1000000 AS FLOAT8) / NULLIF(COUNT(f.popularity), 0) AS popularity_key
    FROM selected_movies f
    JOIN movie_genre l1 ON l1.movie_id = f.movie_id AND l1.since = f.since
    GROUP BY f.d0, l1.genre_id),
computed AS (
    SELECT g.*, RANK() OVER (PARTITION BY g.k0 ORDER BY g.popularity_key DESC NULLS LAST) AS rank
    FROM grouped g)
SELECT g.k0 AS year, n1.name AS genre, g.rank, g.releases, g.popularity, g.budget, g.revenue, g.profit, g.matched_profit, g.budget_known, g.revenue_known, g.profit_known
FROM computed g
JOIN genre n1 ON n1.genre_id = g.k1;
COMMENT ON VIEW genre_years IS 'What each genre spent, earned and released, year by year, and its rank by popularity: the report genres.';
COMMENT ON COLUMN genre_years.year IS 'year of the release date';
COMMENT ON COLUMN genre_years.genre IS 'genre';
COMMENT ON COLUMN genre_years.rank IS 'rank by TMDB popularity: rank by popularity or another measure (1 = highest), among the rows that differ only in the last dimension';
COMMENT ON COLUMN genre_years.releases IS 'movies, each counted once';
COMMENT ON COLUMN genre_years.popularity IS 'mean of TMDB''s popularity';
COMMENT ON COLUMN genre_years.budget IS 'budget, in dollars';
COMMENT ON COLUMN genre_years.revenue IS 'revenue, in dollars';
COMMENT ON COLUMN genre_years.profit IS 'total known revenue minus total known budget';
COMMENT ON COLUMN genre_years.matched_profit IS 'revenue minus budget, only over movies with both amounts known';
COMMENT ON COLUMN genre_years.budget_known IS 'movies with known budget';
COMMENT ON COLUMN genre_years.revenue_known IS 'movies with known revenue';
COMMENT ON COLUMN genre_years.profit_known IS 'movies with known budget and revenue';

CREATE VIEW company_genre_years AS
WITH  selected_movies AS NOT MATERIALIZED (
    SELECT m.movie_id, m.since, m.release_year AS d0, m.company_count, m.genre_count
    FROM movie m
    WHERE m.since <= (SELECT snapshot_id FROM current_snapshot) AND (m.until IS NULL OR m.until > (SELECT snapshot_id FROM current_snapshot)) AND m.release_year IS NOT NULL AND (m.status IS NULL OR m.status = 'Released' OR COALESCE(m.release_date, MAKE_DATE(m.release_year, 1, 1)) <= (SELECT CAST(COALESCE(published_at, started_at) AS DATE) FROM snapshot WHERE snapshot_id = (SELECT snapshot_id FROM current_snapshot)))),
grouped AS (
    SELECT f.d0 AS k0,
           l1.company_id AS k1,
           l2.genre_id AS k2,
           COUNT(*) AS releases
    FROM selected_movies f
    JOIN movie_company l1 ON l1.movie_id = f.movie_id AND l1.since = f.since
    JOIN movie_genre l2 ON l2.movie_id = f.movie_id AND l2.since = f.since
    GROUP BY f.d0, l1.company_id, l2.genre_id),
company_movies AS (
    SELECT f.d0 AS k0, l1.company_id AS k1, COUNT(*) AS releases
    FROM selected_movies f
    JOIN movie_company l1 ON l1.movie_id = f.movie_id AND l1.since = f.since
    GROUP BY f.d0, l1.company_id)
SELECT g.k0 AS year, n1.name AS company, n2.name AS genre, g.releases, company_movies.releases AS company_releases
FROM grouped g
JOIN company n1 ON n1.company_id = g.k1
JOIN genre n2 ON n2.genre_id = g.k2
JOIN company_movies ON company_movies.k0 = g.k0 AND company_movies.k1 = g.k1;
COMMENT ON VIEW company_genre_years IS 'How many movies of each genre each company released, year by year: the report company-genres.';
COMMENT ON COLUMN company_genre_years.year IS 'year of the release date';
COMMENT ON COLUMN company_genre_years.company IS 'production company';
COMMENT ON COLUMN company_genre_years.genre IS 'genre';
COMMENT ON COLUMN company_genre_years.releases IS 'movies, each counted once';
COMMENT ON COLUMN company_genre_years.company_releases IS 'all movies of the company, regardless of the row''s other dimensions';

CREATE VIEW studio_years AS
WITH  selected_movies AS NOT MATERIALIZED (
    SELECT m.movie_id, m.since, m.release_year AS d0, m.revenue AS revenue, m.budget AS budget, m.popularity AS popularity
    FROM movie m
    WHERE m.since <= (SELECT snapshot_id FROM current_snapshot) AND (m.until IS NULL OR m.until > (SELECT snapshot_id FROM current_snapshot)) AND m.release_year IS NOT NULL AND (m.status IS NULL OR m.status = 'Released' OR COALESCE(m.release_date, MAKE_DATE(m.release_year, 1, 1)) <= (SELECT CAST(COALESCE(published_at, started_at) AS DATE) FROM snapshot WHERE snapshot_id = (SELECT snapshot_id FROM current_snapshot)))),
grouped AS (
    SELECT f.d0 AS k0,
           l1.studio_id AS k1,
           COUNT(*) AS releases,
           CAST(SUM(f.budget) AS BIGINT) AS budget,
           CAST(SUM(f.revenue) AS BIGINT) AS revenue,
           CASE WHEN COUNT(f.budget) + COUNT(f.revenue) > 0 THEN CAST(COALESCE(SUM(f.revenue), 0) - COALESCE(SUM(f.budget), 0) AS BIGINT) END AS profit,
           CAST(SUM((f.revenue - f.budget)) AS BIGINT) AS matched_profit,
           CAST(SUM(f.popularity) AS FLOAT8) / NULLIF(COUNT(f.popularity), 0) AS popularity,
           COUNT(f.budget) AS budget_known,
           COUNT(f.revenue) AS revenue_known,
           COUNT(f.revenue - f.budget) AS profit_known,
           CAST(SUM(f.revenue) AS BIGINT) AS revenue_sum
    FROM selected_movies f
    JOIN (SELECT x.movie_id, x.since, x.studio_id, MIN(x.position) AS position
      FROM (SELECT c.movie_id, c.since, s.studio_id, c.position
      FROM movie_company c
      JOIN company_studio s ON s.company_id = c.company_id AND s.studio_id > 0 AND s.since <= (SELECT snapshot_id FROM current_snapshot) AND (s.until IS NULL OR s.until > (SELECT snapshot_id FROM current_snapshot))
      JOIN movie y ON y.movie_id = c.movie_id AND y.since = c.since AND s.owned_from <= COALESCE(y.release_date, MAKE_DATE(y.release_year, 1, 1), DATE '0001-01-01')
        AND s.owned_to >= COALESCE(y.release_date, MAKE_DATE(y.release_year, 12, 31), DATE '9999-12-31')) x
      GROUP BY x.movie_id, x.since, x.studio_id) l1 ON l1.movie_id = f.movie_id AND l1.since = f.since
    GROUP BY f.d0, l1.studio_id),
computed AS (
    SELECT g.*, RANK() OVER (PARTITION BY g.k0 ORDER BY g.revenue DESC NULLS LAST) AS rank
    FROM grouped g),
whole AS (
    SELECT f.d0 AS k0,
           CAST(SUM(f.revenue) AS BIGINT) AS revenue_sum,
           COUNT(*) AS releases
    FROM selected_movies f
    GROUP BY f.d0)
SELECT g.k0 AS year, n1.name AS studio, g.rank, g.releases, g.budget, g.revenue, g.profit, g.matched_profit, CAST(g.revenue_sum AS FLOAT8) / CASE WHEN w.revenue_sum > 0 THEN CAST(w.revenue_sum AS FLOAT8) END AS revenue_share, CAST(g.releases AS FLOAT8) / CASE WHEN w.releases > 0 THEN CAST(w.releases AS FLOAT8) END AS release_share, g.popularity, g.budget_known, g.revenue_known, g.profit_known
FROM computed g
JOIN studio n1 ON n1.studio_id = g.k1
JOIN whole w ON w.k0 = g.k0;
COMMENT ON VIEW studio_years IS 'What each studio spent, earned and released, year by year, with its rank by revenue and its share of the revenue and the releases of all movies: the report studios.';
COMMENT ON COLUMN studio_years.year IS 'year of the release date';
COMMENT ON COLUMN studio_years.studio IS 'studio that owned one of the companies on the release date';
COMMENT ON COLUMN studio_years.rank IS 'rank by revenue: rank by popularity or another measure (1 = highest), among the rows that differ only in the last dimension';
COMMENT ON COLUMN studio_years.releases IS 'movies, each counted once';
COMMENT ON COLUMN studio_years.budget IS 'budget, in dollars';
COMMENT ON COLUMN studio_years.revenue IS 'revenue, in dollars';
COMMENT ON COLUMN studio_years.profit IS 'total known revenue minus total known budget';
COMMENT ON COLUMN studio_years.matched_profit IS 'revenue minus budget, only over movies with both amounts known';
COMMENT ON COLUMN studio_years.revenue_share IS 'share of revenue, sum: part of the total, from 0 to 1; the total counts each movie of the rows that differ only in the last dimension once';
COMMENT ON COLUMN studio_years.release_share IS 'share of movies: part of the total, from 0 to 1; the total counts each movie of the rows that differ only in the last dimension once';
COMMENT ON COLUMN studio_years.popularity IS 'mean of TMDB''s popularity';
COMMENT ON COLUMN studio_years.budget_known IS 'movies with known budget';
COMMENT ON COLUMN studio_years.revenue_known IS 'movies with known revenue';
COMMENT ON COLUMN studio_years.profit_known IS 'movies with known budget and revenue';
