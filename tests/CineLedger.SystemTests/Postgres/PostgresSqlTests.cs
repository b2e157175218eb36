using System.Diagnostics;
using CineLedger.Export;
using CineLedger.SqlSandbox;
using CineLedger.Storage;
using CineLedger.Storage.Postgres;
using CineLedger.Storage.Snapshots;
using CineLedger.Tests.SqlSandbox;
using static CineLedger.Tests.SqlSandbox.SqlLedger;

namespace CineLedger.SystemTests.Postgres;

/// <summary>The SQL that a user may run on a ledger in PostgreSQL, tested as a superuser, whom the database itself would not restrict.</summary>
public sealed class PostgresSqlTests(PostgresSqlTests.SqlDatabase database) : IClassFixture<PostgresSqlTests.SqlDatabase>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Good => SqlStatements.Good;

    public static TheoryData<string> Hostile => SqlStatements.Hostile;

    /// <summary>Hostile SQL that only PostgreSQL accepts: functions that write, lock, end sessions or read files, and other statements.</summary>
    public static TheoryData<string> HostileToPostgres =>
    [
        "SELECT pg_advisory_lock(1)", "SELECT pg_try_advisory_xact_lock(1)", "SELECT * FROM (VALUES (pg_advisory_lock(1)), (NULL)) v", "SELECT 1 LIMIT (SELECT 1 FROM pg_advisory_lock(1))",
        "SELECT \"pg_advisory_lock\"(1)", "SELECT pg_catalog.pg_advisory_lock /* x */ (1)", "SELECT U&\"pg!005fadvisory_lock\" UESCAPE '!' (1)", "SELECT locking FROM sneaky", "SELECT * FROM sneaky_rows()",
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity", "SELECT pg_cancel_backend(1)", "SELECT pg_reload_conf()", "SELECT pg_notify('cineledger_snapshot', '9')",
        "SELECT pg_read_file('/etc/passwd')", "SELECT * FROM pg_ls_dir('/')", "SELECT lo_import('/etc/passwd')", "SELECT lo_export(1, '/tmp/stolen')", "SELECT lo_create(0)",
        "SELECT set_config('transaction_read_only', 'off', false)", "SELECT set_config('role', 'none', false)", "SELECT setval('numbers', 1)", "SELECT nextval('numbers')",
        "SELECT query_to_xml('SELECT pg_advisory_lock(1)', true, true, '')", "SELECT pg_logical_emit_message(false, 'a', 'b')", "SELECT rolpassword FROM pg_authid", "SELECT * FROM pg_shadow",
        "SELECT * FROM movie FOR UPDATE", "SELECT * FROM movie FOR KEY SHARE", "WITH n AS (INSERT INTO genre VALUES (99, 'x') RETURNING *) SELECT * FROM n", "MERGE INTO genre USING country ON false WHEN NOT MATCHED THEN DO NOTHING",
        "COPY (SELECT 1) TO PROGRAM 'touch /tmp/stolen'", "COPY movie TO STDOUT", "DO $$ BEGIN END $$", "LOCK TABLE movie", "LISTEN x", "NOTIFY x", "SET ROLE postgres", "SET SESSION AUTHORIZATION postgres",
        "SHOW data_directory", "DECLARE c CURSOR FOR SELECT 1", "FETCH 1 FROM ledger_rows", "REFRESH MATERIALIZED VIEW x", "EXPLAIN CREATE TABLE x AS SELECT pg_advisory_lock(1)", "LOAD 'x'", "DISCARD ALL", "SELECT :x",
    ];

    [Theory]
    [MemberData(nameof(Good))]
    public async Task A_query_returns_rows(string sql, string response) => Assert.Equal(response, await QueryAsync(database.Ledger, sql));

    [Theory]
    [InlineData("TABLE genre", "")]
    [InlineData("SELECT '{1,2}'::INT[], ROW(1, 'a'), 'ab'::BYTEA, '{\"a\": 1}'::JSONB, 'NaN'::NUMERIC, '1.2.3.4'::INET", "\"{1,2}\",\"(1,a)\",\\x6162,\"{\"\"a\"\": 1}\",NaN,1.2.3.4")]
    [InlineData("SELECT TIMESTAMPTZ '2020-01-01 02:00:00+02', '12:00+01'::TIMETZ, B'101', 'a'::\"char\", pg_sleep(0)", "2020-01-01T00:00:00.000Z,12:00:00+01,101,a,")]
    [InlineData("SELECT COUNT(*) FROM generate_series(1, 10), LATERAL (SELECT random(), clock_timestamp()) x", "10")]
    public async Task PostgreSQL_specific_SQL_and_types_work(string sql, string response) => Assert.Equal(response, await QueryAsync(database.Ledger, sql));

    [Theory]
    [InlineData("EXPLAIN SELECT * FROM movies")]
    [InlineData("EXPLAIN VERBOSE SELECT * FROM movies")]
    public async Task Explain_is_allowed(string sql) => Assert.Contains("movie", await QueryAsync(database.Ledger, sql), StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Hostile))]
    [MemberData(nameof(HostileToPostgres))]
    public async Task Statements_that_write_are_refused_in_one_line_and_change_nothing(string sql)
    {
        Assert.NotEmpty(await RefusalAsync(database.Ledger, sql));
        Assert.Equal(database.Content, await ContentAsync(database.Ledger));
        Assert.Equal(
            [0L, 1L], [await database.Ledger.Connection.ExecuteScalarAsync(SqlDatabase.CountLocks, Cancel), await database.Ledger.Connection.ExecuteScalarAsync("SELECT last_value FROM numbers", Cancel)]);
        Assert.Equal(database.Relations, await database.Ledger.Connection.ExecuteScalarAsync(SqlDatabase.CountRelations, Cancel));
        Assert.False(Path.Exists("/tmp/stolen"));
    }

    [Theory]
    [InlineData("WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT COUNT(*) FROM r")]
    [InlineData("SELECT SUM(a * b) FROM generate_series(1, 1000000) a, generate_series(1, 1000000) b")]
    [InlineData("SELECT pg_sleep(100)")]
    public async Task An_endless_statement_is_also_stopped_on_the_server(string sql)
    {
        var clock = Stopwatch.StartNew();
        var line = await RefusalAsync(database.Ledger, sql, SqlLimits.Default with { Timeout = TimeSpan.FromSeconds(0.5) }, exitCode: 1);
        Assert.EndsWith("it takes longer than its time limit; raise --timeout or narrow the query.", line.Replace("the query takes", "it takes", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.True(clock.Elapsed.TotalSeconds >= 0.4, $"stopped after only {clock.Elapsed}");
        Assert.Equal(0L, await database.Ledger.Connection.ExecuteScalarAsync("SELECT COUNT(*) FROM pg_stat_activity WHERE state = 'active' AND pid <> PG_BACKEND_PID() AND datname = CURRENT_DATABASE()", Cancel));
    }

    [Fact]
    public async Task Rows_beyond_the_limit_are_omitted_and_reading_may_stop_early()
    {
        Assert.Equal("1;2", await QueryAsync(database.Ledger, "SELECT generate_series(1, 1000000000000)", SqlLimits.Default with { MaxRows = 2 }));
        Assert.EndsWith("150000", await QueryAsync(database.Ledger, "SELECT generate_series(1, 150000)", SqlLimits.Default with { MaxRows = 0 }), StringComparison.Ordinal);
        var asOf = await SnapshotRows.FindAsync(database.Ledger.Connection, null, Cancel);
        await using (var result = await AdHocSql.OpenAsync(database.Ledger, "SELECT generate_series(1, 1000000000)", asOf.Id, SqlLimits.Default with { MaxRows = 0 }, Cancel))
        {
            Assert.True(await result.Rows.ReadAsync(Cancel));
        }
    }

    [Fact]
    public async Task Views_show_the_movies_of_the_requested_snapshot() =>
        Assert.Equal("Casino;Heat;Ikiru", await QueryAsync(database.Ledger, "SELECT title FROM movies ORDER BY 1", snapshot: 1));

    [Theory]
    [InlineData("SELECT * FROM moviess", "invalid SQL: relation \"moviess\" does not exist (line 1, column 15).")]
    [InlineData("SELECT 1,\n  titel FROM movies", "invalid SQL: column \"titel\" does not exist (line 2, column 3). Perhaps you meant to reference the column \"movies.title\".")]
    [InlineData("WITH a AS (SELECT * FROM movies)\nSELECT titel FROM a", "invalid SQL: column \"titel\" does not exist (line 2, column 8). Perhaps you meant to reference the column \"a.title\".")]
    [InlineData("COPY movie TO STDOUT", "sql only reads: COPY is not a query; use SELECT, WITH or VALUES.")]
    [InlineData("SELECT 1; SELECT 2", "sql runs one statement at a time: remove everything after the first semicolon.")]
    [InlineData("SELECT pg_advisory_lock(1)", "sql only reads the ledger: the function pg_advisory_lock may do more than read and is not allowed.")]
    [InlineData("SELECT $1", "sql takes no parameters: write the values in place of $1.")]
    public async Task Errors_are_reported_with_their_position(string sql, string line) => Assert.Equal(line, await RefusalAsync(database.Ledger, sql));

    [Theory]
    [InlineData(OutputFormat.Table)]
    [InlineData(OutputFormat.Csv)]
    [InlineData(OutputFormat.Json)]
    [InlineData(OutputFormat.Parquet)]
    public async Task Every_format_takes_every_type(OutputFormat format) => Assert.NotEmpty(await WriteAsync(
        database.Ledger, "SELECT m.*, 'NaN'::NUMERIC, 'Infinity'::FLOAT8 x, ARRAY[1] x, m AS whole, NOW(), '1 day'::INTERVAL, 'a'::BYTEA FROM movie m", format));

    /// <summary>A ledger, and objects of its owner in the same database that a reader must not use.</summary>
    public sealed class SqlDatabase(SharedServer server) : IAsyncLifetime
    {
        public const string CountRelations = "SELECT COUNT(*) FROM pg_class";

        /// <summary>Counts only the locks in this database: the server is shared, and other tests run loads on it.</summary>
        public const string CountLocks =
            "SELECT COUNT(*) FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = CURRENT_DATABASE())";

        public Ledger Ledger { get; private set; } = null!;

        public string Content { get; private set; } = "";

        public object? Relations { get; private set; }

        public async ValueTask InitializeAsync()
        {
            var store = await server.CreateDatabaseAsync();
            await using (var ledger = await PostgresLedger.OpenAsync(store, wait: false, Cancel))
            {
                await LoadAsync(ledger);
            }

            Ledger = await PostgresLedger.OpenReadOnlyAsync(store, null, Cancel);
            await Ledger.Connection.ExecuteAsync(
                """
                CREATE SEQUENCE numbers;
                CREATE TABLE secret (a INTEGER);
                CREATE VIEW sneaky AS SELECT pg_try_advisory_lock(1) AS locking;
                CREATE FUNCTION sneaky_rows() RETURNS SETOF INTEGER LANGUAGE sql AS 'DELETE FROM movie RETURNING 1';
                """,
                Cancel);
            Content = await ContentAsync(Ledger);
            Relations = await Ledger.Connection.ExecuteScalarAsync(CountRelations, Cancel);
        }

        public async ValueTask DisposeAsync() => await Ledger.DisposeAsync();
    }
}
