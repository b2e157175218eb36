using System.Text.RegularExpressions;

namespace CineLedger.Storage.Postgres;

/// <summary>What PostgreSQL's tables have beyond the scripts that all engines share.</summary>
internal static partial class PostgresSchema
{
    /// <summary>
    /// The keys and indexes of the first script's tables. Films and their links are found by film (a film's history, what a load takes
    /// back), links by name too (a report of one company), names by name. Reports on everything read whole tables: no index serves them.
    /// </summary>
    private const string Indexes =
        """

        ALTER TABLE snapshot ADD PRIMARY KEY (snapshot_id);
        ALTER TABLE source_version ADD PRIMARY KEY (source);
        ALTER TABLE movie ADD PRIMARY KEY (movie_id, since);
        ALTER TABLE company ADD PRIMARY KEY (company_id);
        ALTER TABLE genre ADD PRIMARY KEY (genre_id);
        ALTER TABLE country ADD PRIMARY KEY (country_id);
        ALTER TABLE language ADD PRIMARY KEY (language_id);
        CREATE UNIQUE INDEX company_name ON company (name);
        CREATE UNIQUE INDEX genre_name ON genre (name);
        ALTER TABLE movie_company ADD PRIMARY KEY (movie_id, since, company_id);
        ALTER TABLE movie_genre ADD PRIMARY KEY (movie_id, since, genre_id);
        ALTER TABLE movie_country ADD PRIMARY KEY (movie_id, since, country_id);
        ALTER TABLE movie_language ADD PRIMARY KEY (movie_id, since, language_id);
        CREATE INDEX movie_company_company ON movie_company (company_id);
        CREATE INDEX finding_snapshot ON finding (snapshot_id);
        """;

    /// <summary>
    /// Those of the second script's: rows by film, people and keywords also by their numbers (a person's films), persons by the
    /// supplier's number.
    /// </summary>
    private const string SideIndexes =
        """

        ALTER TABLE person ADD PRIMARY KEY (person_id);
        ALTER TABLE keyword ADD PRIMARY KEY (keyword_id);
        CREATE UNIQUE INDEX person_source ON person (source_id, name);
        CREATE INDEX person_name ON person (name);
        CREATE UNIQUE INDEX keyword_name ON keyword (name);
        ALTER TABLE movie_rating ADD PRIMARY KEY (movie_id, rating_year, since);
        ALTER TABLE movie_person ADD PRIMARY KEY (movie_id, since, credit, position);
        ALTER TABLE movie_keyword ADD PRIMARY KEY (movie_id, since, position);
        CREATE INDEX movie_person_person ON movie_person (person_id);
        CREATE INDEX movie_keyword_keyword ON movie_keyword (keyword_id);
        """;

    /// <summary>Text that orders by code point, as it does everywhere else; and the keys and indexes.</summary>
    public static string Adapt(string script) =>
        TextType().Replace(script, "TEXT COLLATE \"C\"")
        + (script.Contains("CREATE TABLE movie (", StringComparison.Ordinal) ? Indexes : "")
        + (script.Contains("CREATE TABLE movie_rating (", StringComparison.Ordinal) ? SideIndexes : "");

    [GeneratedRegex(@"\bTEXT\b")]
    private static partial Regex TextType();
}
