"""The job as commonly done: pandas and ast.literal_eval into PostgreSQL, three SQL reports as CSV.

usage: pandas_way.py ZIP DATABASE_URL REPORTS [copy]

Rows are inserted by to_sql with its defaults, or with `copy` by the COPY recipe of the pandas documentation.
"""

import ast
import csv
import io
import os
import sys
import zipfile

import pandas as pd
import sqlalchemy

COLUMNS = {
    "id": "id", "title": "title", "original_title": "original_title", "release_date": "release_date", "budget": "budget",
    "revenue": "revenue", "runtime": "runtime", "popularity": "popularity", "vote_average": "vote_average",
    "vote_count": "vote_count", "original_language": "language", "status": "status", "imdb_id": "imdb_id", "adult": "adult",
    "video": "video", "homepage": "homepage", "poster_path": "poster_path", "tagline": "tagline", "overview": "overview",
}

AMOUNTS = """
    sum(budget)::bigint AS budget, sum(revenue)::bigint AS revenue,
    CASE WHEN count(budget) + count(revenue) > 0 THEN (coalesce(sum(revenue), 0) - coalesce(sum(budget), 0))::bigint END AS profit,
    sum(revenue - budget)::bigint AS matched_profit"""
KNOWN = "count(budget) AS budget_known, count(revenue) AS revenue_known, count(revenue - budget) AS profit_known"

REPORTS = {
    "companies": f"""
        SELECT extract(year FROM release_date)::int AS year, company, count(*) AS releases, {AMOUNTS},
            avg(popularity) AS popularity, {KNOWN}
        FROM movie JOIN movie_company ON movie_id = id
        WHERE release_date IS NOT NULL
        GROUP BY 1, 2 ORDER BY 2, 1""",
    "genres": f"""
        SELECT extract(year FROM release_date)::int AS year, genre,
            rank() OVER (PARTITION BY extract(year FROM release_date) ORDER BY avg(popularity) DESC NULLS LAST) AS rank,
            count(*) AS releases, avg(popularity) AS popularity, {AMOUNTS}, {KNOWN}
        FROM movie JOIN movie_genre ON movie_id = id
        WHERE release_date IS NOT NULL
        GROUP BY extract(year FROM release_date), genre
        ORDER BY 1, avg(popularity) DESC NULLS LAST, genre""",
    "company-genres": """
        WITH released AS (
            SELECT movie_id, extract(year FROM release_date)::int AS year, company
            FROM movie JOIN movie_company ON movie_id = id
            WHERE release_date IS NOT NULL),
        company_year AS (SELECT year, company, count(*) AS company_releases FROM released GROUP BY 1, 2)
        SELECT year, company, genre, count(*) AS releases, max(company_releases) AS company_releases
        FROM released JOIN movie_genre USING (movie_id) JOIN company_year USING (year, company)
        GROUP BY year, company, genre ORDER BY company, year, genre""",
}


def names(text):
    """Returns the names in a Python literal such as [{'id': 18, 'name': 'Drama'}], each once."""
    try:
        return list({item["name"].strip(): None for item in ast.literal_eval(text)})
    except (ValueError, SyntaxError, TypeError, KeyError, AttributeError):
        return []


def read_movies(path):
    with zipfile.ZipFile(path) as archive:
        entry = next(name for name in archive.namelist() if name.split("/")[-1] == "movies_metadata.csv")
        with archive.open(entry) as file:
            # Without an explicit line terminator, a lone CR can abort the whole read ("Buffer overflow caught").
            movies = pd.read_csv(
                file, dtype=str, on_bad_lines="skip", keep_default_na=False, na_values=[""], lineterminator="\n")

    for column in ("id", "budget", "revenue", "runtime", "vote_count"):
        movies[column] = pd.to_numeric(movies[column], errors="coerce").round().astype("Int64")
    for column in ("popularity", "vote_average"):
        movies[column] = pd.to_numeric(movies[column], errors="coerce")
    for column in ("budget", "revenue", "runtime"):
        movies[column] = movies[column].where(movies[column] > 0)
    for column in ("adult", "video"):
        movies[column] = movies[column].map({"True": True, "False": False})
    movies["release_date"] = pd.to_datetime(movies["release_date"], errors="coerce", format="%Y-%m-%d")

    # Halves of broken records have no title or no id.
    movies = movies.dropna(subset=["id", "title"])
    return movies.sort_values("vote_count", kind="stable", na_position="first").drop_duplicates("id", keep="last")


def links(movies, column, name):
    exploded = pd.DataFrame({"movie_id": movies["id"], name: movies[column].map(names)}).explode(name)
    return exploded.dropna()


def insert_copy(table, connection, keys, rows):
    """Insertion method for to_sql, from the section "Insertion method" of the pandas user guide."""
    buffer = io.StringIO()
    csv.writer(buffer).writerows(rows)
    buffer.seek(0)
    with connection.connection.cursor() as cursor:
        cursor.copy_expert(f"COPY {table.name} ({', '.join(keys)}) FROM STDIN WITH CSV", buffer)


def main(path, url, reports, insert=None):
    movies = read_movies(path)
    tables = {
        "movie": movies[list(COLUMNS)].rename(columns=COLUMNS),
        "movie_company": links(movies, "production_companies", "company"),
        "movie_genre": links(movies, "genres", "genre"),
    }
    engine = sqlalchemy.create_engine(url)
    with engine.begin() as connection:
        # method="multi" would be three times slower: the driver already sends many rows at a time.
        method = insert_copy if insert == "copy" else None
        for table, rows in tables.items():
            types = {"release_date": sqlalchemy.Date()} if table == "movie" else None
            rows.to_sql(table, connection, index=False, dtype=types, method=method, chunksize=10_000)

    os.makedirs(reports, exist_ok=True)
    with engine.connect() as connection:
        for report, query in REPORTS.items():
            # convert_dtypes keeps integers with missing values integers.
            pd.read_sql(query, connection).convert_dtypes().to_csv(f"{reports}/{report}.csv", index=False)


if __name__ == "__main__":
    if len(sys.argv) not in (4, 5):
        sys.exit(__doc__)
    main(*sys.argv[1:])
