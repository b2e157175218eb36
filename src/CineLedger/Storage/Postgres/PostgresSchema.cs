using System.Data.Common;
using System.Text.RegularExpressions;
using CineLedger.Storage.Schema;
using CineLedger.Storage.Writing;

namespace CineLedger.Storage.Postgres;

/// <summary>The keys, indexes and statistics of PostgreSQL's tables, beyond the scripts that all engines share.</summary>
internal static partial class PostgresSchema
{
    /// <summary>The setting that pins the snapshot of the views in a session.</summary>
    public const string SnapshotSetting = "cineledger.snapshot";

    /// <summary>The keys and indexes of the first script's small tables.</summary>
    private const string NameKeys =
        """

        ALTER TABLE snapshot ADD PRIMARY KEY (snapshot_id);
        ALTER TABLE source_version ADD PRIMARY KEY (source);
        ALTER TABLE genre ADD PRIMARY KEY (genre_id);
        ALTER TABLE country ADD PRIMARY KEY (country_id);
        ALTER TABLE language ADD PRIMARY KEY (language_id);
        CREATE UNIQUE INDEX genre_name ON genre (name);
        CREATE INDEX finding_snapshot ON finding (snapshot_id);
        """;

    /// <summary>The keys of the webhook tables. The reader role loses access to the secrets, which sign messages.</summary>
    private const string WebhookKeys =
        """

        ALTER TABLE webhook ADD PRIMARY KEY (webhook_id);
        ALTER TABLE webhook_delivery ADD PRIMARY KEY (webhook_id, snapshot_id);
        CREATE INDEX webhook_delivery_due ON webhook_delivery (next_try_at) WHERE state = 'pending';
        DO $$ BEGIN IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'cineledger_reader') THEN
            REVOKE ALL ON webhook FROM cineledger_reader; GRANT SELECT ON webhook TO cineledger_loader; END IF; END $$;
        """;

    /// <summary>The keys of the load tables. The unique index lets only one server start a schedule's load per due time and attempt.</summary>
    private const string RunKeys =
        """

        ALTER TABLE load_run ADD PRIMARY KEY (run_id);
        ALTER TABLE load_schedule ADD PRIMARY KEY (schedule);
        CREATE UNIQUE INDEX load_run_due ON load_run (schedule, due_at, attempt) WHERE schedule IS NOT NULL;
        ALTER TABLE webhook_delivery DROP CONSTRAINT webhook_delivery_pkey;
        ALTER TABLE webhook_delivery ADD PRIMARY KEY (webhook_id, snapshot_id, run_id);
        """;

    /// <summary>The key of the snapshots' original files.</summary>
    private const string SourceKeys =
        """

        ALTER TABLE snapshot_source ADD PRIMARY KEY (snapshot_id, position);
        """;

    /// <summary>The keys of the tables for pushes and streams.</summary>
    private const string StreamKeys =
        """

        ALTER TABLE push_answer ADD PRIMARY KEY (push_key);
        ALTER TABLE stream_offset ADD PRIMARY KEY (consumer_group, topic, partition_number);
        """;

    /// <summary>The key of the change feeds.</summary>
    private const string ChangeFeedKeys =
        """

        ALTER TABLE change_feed ADD PRIMARY KEY (topic);
        """;

    /// <summary>The keys of what the gates found in loads.</summary>
    private const string GateKeys =
        """

        ALTER TABLE snapshot_figure ADD PRIMARY KEY (snapshot_id, column_name);
        ALTER TABLE load_gate ADD PRIMARY KEY (run_id, position);
        CREATE INDEX load_finding_run ON load_finding (run_id);
        """;

    /// <summary>The keys of the studios. Other rows have none, because a company may have several studios in turn.</summary>
    private const string StudioKeys =
        """

        ALTER TABLE studio ADD PRIMARY KEY (studio_id);
        CREATE UNIQUE INDEX studio_name ON studio (name);
        """;

    /// <summary>The keys of the snapshots' profiles and totals.</summary>
    private const string ProfileKeys =
        """

        ALTER TABLE snapshot_profile ADD PRIMARY KEY (snapshot_id, part);
        CREATE INDEX snapshot_total_dimension ON snapshot_total (snapshot_id, dimension);
        """;

    /// <summary>
    /// The keys and indexes of the large tables, by name. Movies and their links are found by movie (a movie's history, rows that a load deletes), links
    /// also by company, person and keyword (a report of one company), and their names by name. Reports on everything read whole tables and use no index.
    /// </summary>
    private static readonly (string Name, string Table, string Statement)[] RowKeys =
    [
        CreateKey("movie", "movie_id, since"),
        CreateKey("company", "company_id"),
        ("company_name", "company", "CREATE UNIQUE INDEX company_name ON company (name)"),
        CreateKey("movie_company", "movie_id, since, company_id"),
        CreateKey("movie_genre", "movie_id, since, genre_id"),
        CreateKey("movie_country", "movie_id, since, country_id"),
        CreateKey("movie_language", "movie_id, since, language_id"),
        ("movie_company_company", "movie_company", "CREATE INDEX movie_company_company ON movie_company (company_id)"),
        CreateKey("person", "person_id"),
        ("person_source", "person", "CREATE UNIQUE INDEX person_source ON person (source_id, name)"),
        ("person_name", "person", "CREATE INDEX person_name ON person (name)"),
        CreateKey("keyword", "keyword_id"),
        ("keyword_name", "keyword", "CREATE UNIQUE INDEX keyword_name ON keyword (name)"),
        CreateKey(RelatedTables.Ratings, "movie_id, rating_year, since"),
        CreateKey(RelatedTables.People, "movie_id, since, credit, position"),
        CreateKey(RelatedTables.Keywords, "movie_id, since, position"),
        ("movie_person_person", RelatedTables.People, "CREATE INDEX movie_person_person ON movie_person (person_id)"),
        ("movie_keyword_keyword", RelatedTables.Keywords, "CREATE INDEX movie_keyword_keyword ON movie_keyword (keyword_id)"),
    ];

    private const string AnalyzedMovieColumns = "movie (movie_id, since, until, release_date, release_year, release_month, budget, revenue, language, status)";

    /// <summary>The statements that create the keys of all tables.</summary>
    public static string Keys { get; } = string.Join(
        '\n', [NameKeys, WebhookKeys, RunKeys, SourceKeys, StreamKeys, ChangeFeedKeys, GateKeys, StudioKeys, ProfileKeys, .. RowKeys.Select(key => key.Statement)]);

    /// <summary>Adapts a script: texts sort by code point, as in the other engine, small tables get their keys, and views read the session's setting.</summary>
    public static string Adapt(string script) =>
        TextType().Replace(script, "TEXT COLLATE \"C\"").Replace(Migrations.PinnedSnapshot, $"NULLIF(CURRENT_SETTING('{SnapshotSetting}', true), '')", StringComparison.Ordinal)
        + (script.Contains("CREATE TABLE movie (", StringComparison.Ordinal) ? NameKeys : "")
        + (script.Contains("CREATE TABLE webhook (", StringComparison.Ordinal) ? WebhookKeys : "")
        + (script.Contains("CREATE TABLE load_run (", StringComparison.Ordinal) ? RunKeys : "")
        + (script.Contains("CREATE TABLE snapshot_source (", StringComparison.Ordinal) ? SourceKeys : "")
        + (script.Contains("CREATE TABLE push_answer (", StringComparison.Ordinal) ? StreamKeys : "")
        + (script.Contains("CREATE TABLE change_feed (", StringComparison.Ordinal) ? ChangeFeedKeys : "")
        + (script.Contains("CREATE TABLE load_gate (", StringComparison.Ordinal) ? GateKeys : "")
        + (script.Contains("CREATE TABLE studio (", StringComparison.Ordinal) ? StudioKeys : "")
        + (script.Contains("CREATE TABLE snapshot_profile (", StringComparison.Ordinal) ? ProfileKeys : "")
        + (script.Contains("ADD COLUMN previous_secret ", StringComparison.Ordinal) ? KeyTable.Upgrade : "");

    /// <summary>
    /// Creates missing keys and indexes of large tables. Call it after the first rows are written, because building an index once is several times
    /// cheaper than inserting rows one by one. Skips tables that the role does not own.
    /// </summary>
    /// <param name="connection">The connection to use.</param>
    /// <param name="tables">The tables.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public static async Task AddRowKeysAsync(DbConnection connection, TableGroup tables, CancellationToken cancellationToken)
    {
        var there = await connection.QueryAsync(
            """
            SELECT c.relname FROM pg_class c
            WHERE c.relnamespace = CURRENT_SCHEMA()::REGNAMESPACE AND (c.relkind = 'i' OR (c.relkind = 'r' AND NOT PG_HAS_ROLE(c.relowner, 'USAGE')))
            """,
            row => row.GetString(0),
            cancellationToken).ConfigureAwait(false);
        var lacking = RowKeys.Where(key => GetTables(tables).Contains(key.Table) && !there.Contains(key.Name) && !there.Contains(key.Table)).ToList();
        if (lacking.Count > 0)
        {
            await connection.ExecuteAsync(string.Join(';', lacking.Select(key => key.Statement)), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Returns the tables whose planner statistics are outdated: never analyzed, or a tenth larger than at the last analysis. Call it before keys are
    /// created, because that updates the recorded sizes. The coordinator of a cluster has no sizes of distributed tables.
    /// </summary>
    public static Task<List<string>> FindGrownAsync(DbConnection connection, TableGroup tables, CancellationToken cancellationToken) =>
        connection.QueryAsync(
            // CASE guarantees the order of evaluation: reading the size of a table whose keys another connection is creating would wait for its end.
            $"""
            SELECT c.relname FROM pg_class c
            WHERE c.relnamespace = CURRENT_SCHEMA()::REGNAMESPACE AND c.relkind = 'r'
              AND CASE WHEN c.relname IN ({string.Join(", ", GetTables(tables).Select(table => $"'{table}'"))})
                       THEN c.reltuples < 0 OR PG_RELATION_SIZE(c.oid) > 1.1 * c.relpages * CURRENT_SETTING('block_size')::BIGINT END
            """,
            row => row.GetString(0),
            cancellationToken);

    /// <summary>
    /// Analyzes tables, because the planner has no statistics of rows that were just copied. Leaves out the texts of movies, which take ten times as
    /// long, and uses a tenth of the default sample: the server's autovacuum counts a load's rows as changes and analyzes the tables thoroughly within
    /// minutes. A role that does not own the tables gets a warning instead of statistics.
    /// </summary>
    public static Task AnalyzeAsync(DbConnection connection, IReadOnlyList<string> tables, CancellationToken cancellationToken) =>
        tables.Count == 0
            ? Task.CompletedTask
            : connection.ExecuteAsync(
                $"SET default_statistics_target = 10; ANALYZE {string.Join(", ", tables.Select(table => table == "movie" ? AnalyzedMovieColumns : table))}; "
                + "RESET default_statistics_target",
                cancellationToken);

    /// <summary>Returns the tables of a group.</summary>
    public static IReadOnlyList<string> GetTables(TableGroup tables) => tables switch
    {
        TableGroup.Movies => ["movie"],
        TableGroup.Links => ["movie_company", "movie_genre", "movie_country", "movie_language", "company", "genre", "country", "language"],
        _ => [.. RelatedTables.All, "person", "keyword"],
    };

    private static (string, string, string) CreateKey(string table, string columns) =>
        ($"{table}_pkey", table, $"ALTER TABLE {table} ADD CONSTRAINT {table}_pkey PRIMARY KEY ({columns})");

    [GeneratedRegex(@"\bTEXT\b")]
    private static partial Regex TextType();
}
