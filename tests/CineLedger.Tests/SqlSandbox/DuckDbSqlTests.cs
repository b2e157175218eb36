using System.Diagnostics;
using System.Text;
using CineLedger.Export;
using CineLedger.SqlSandbox;
using CineLedger.Storage;
using CineLedger.Storage.DuckDb;
using CineLedger.Storage.Snapshots;
using static CineLedger.Tests.SqlSandbox.SqlLedger;

namespace CineLedger.Tests.SqlSandbox;

/// <summary>Tests which SQL users may run on a ledger in a DuckDB file.</summary>
public sealed class DuckDbSqlTests(DuckDbSqlTests.LedgerFile file) : IClassFixture<DuckDbSqlTests.LedgerFile>
{
    public static TheoryData<string, string> Good => SqlStatements.Good;

    public static TheoryData<string> Hostile => SqlStatements.Hostile;

    /// <summary>Attacks that are specific to DuckDB: files, extensions, settings, logs.</summary>
    public static TheoryData<string> HostileToDuckDb =>
    [
        "SELECT * FROM read_csv('/etc/passwd')", "SELECT * FROM read_text('/etc/passwd')", "FROM read_blob('cineledger.duckdb')", "FROM glob('/*')", "FROM sniff_csv('/etc/passwd')",
        "SELECT * FROM 'stolen.parquet'", "FROM parquet_metadata('stolen.parquet')", "FROM parquet_file_metadata('/etc/passwd')", "FROM read_json('/etc/passwd')", "FROM read_ndjson('/etc/passwd')",
        "ATTACH 'stolen.duckdb' AS x", "DETACH ledger", "USE memory", "INSTALL httpfs", "LOAD httpfs", "FORCE INSTALL httpfs", "EXPORT DATABASE 'stolen'", "IMPORT DATABASE 'stolen'",
        "SET memory_limit = '9GB'", "SET GLOBAL enable_external_access = true", "PRAGMA memory_limit = '9GB'", "PRAGMA database_list", "RESET lock_configuration", "SET VARIABLE x = 1",
        "CREATE MACRO f() AS 1", "CREATE OR REPLACE TEMP MACRO f() AS 1", "CREATE TABLE memory.main.x (a INTEGER)", "CREATE SECRET s (TYPE s3)", "CREATE SEQUENCE s", "CALL enable_logging()",
        "FROM enable_logging(storage = 'file', storage_path = 'stolen')", "FROM \"enable_logging\"()", "SELECT write_log('x')", "SELECT 'x'.write_log()", "FROM checkpoint()", "FROM force_checkpoint('ledger')",
        "SELECT current_setting('temp_directory')", "FROM duckdb_settings()", "FROM duckdb_databases", "FROM duckdb_secrets()", "SELECT getenv('HOME')",
        "FROM query('FROM duckdb_settings()')", "FROM query_table('duckdb_settings')", "FROM json_execute_serialized_sql(json_serialize_sql('SELECT 1'))", "PIVOT movies ON year USING COUNT(*)",
        "INSERT INTO movies VALUES (1)", "EXPLAIN COPY movie TO 'stolen.csv'", "EXPLAIN ANALYZE SELECT 1", "MERGE INTO movie USING movies ON FALSE WHEN NOT MATCHED THEN INSERT VALUES (1)", "COMMENT ON TABLE movie IS 'x'",
    ];

    [Theory]
    [MemberData(nameof(Good))]
    public async Task A_query_returns_rows(string sql, string response) => Assert.Equal(response, await QueryAsync(file.Ledger, sql));

    [Theory]
    [InlineData("FROM movies SELECT COUNT(*)", "2")]
    [InlineData("SELECT [1, 2], {'a': 'x'}, MAP {1: 'b'}", "\"[1,2]\",\"{\"\"a\"\":\"\"x\"\"}\",\"{\"\"1\"\":\"\"b\"\"}\"")]
    [InlineData("SELECT 'ab'::BLOB, 1::UTINYINT, 18446744073709551615::UBIGINT, 1::HUGEINT, '101'::BIT, NULL", "\\x6162,1,18446744073709551615,1,101,")]
    [InlineData("SELECT 'b'::ENUM('a', 'b'), TIMESTAMPTZ '2020-01-01 02:00:00+02', TIMESTAMP_NS '2020-01-01 00:00:00.5'", "b,2020-01-01T00:00:00.000Z,2020-01-01T00:00:00.500Z")]
    [InlineData("SELECT COUNT(*) FROM (DESCRIBE genre)", "2")]
    [InlineData("PIVOT (SELECT year, movie_id FROM movies) ON year IN (1995, 1996) USING COUNT(*) GROUP BY movie_id ORDER BY movie_id", "1,1,0;2,1,0")]
    public async Task DuckDB_specific_SQL_and_types_work(string sql, string response) => Assert.Equal(response, await QueryAsync(file.Ledger, sql));

    [Theory]
    [InlineData("SELECT COUNT(*), COUNT(DISTINCT name) FROM (SHOW TABLES) WHERE name LIKE 'movie%'", "16,16")]
    [InlineData("SELECT COUNT(*) FROM information_schema.tables WHERE table_name = 'movies'", "1")]
    [InlineData("SELECT COUNT(*) FROM ledger.main.movies", "3")]
    [InlineData("SELECT COUNT(*) FROM movies JOIN duckdb_tables() ON table_name = 'movie'", "3")]
    [InlineData("SELECT snapshot_id FROM current_snapshot", "1")]
    public async Task Views_are_listed_once_and_show_the_requested_snapshot(string sql, string response) => Assert.Equal(response, await QueryAsync(file.Ledger, sql, snapshot: 1));

    [Theory]
    [InlineData("DESCRIBE movies")]
    [InlineData("SHOW TABLES")]
    [InlineData("SUMMARIZE movies")]
    [InlineData("EXPLAIN SELECT * FROM movies")]
    public async Task Introspection_is_allowed(string sql) => Assert.NotEmpty(await QueryAsync(file.Ledger, sql));

    [Theory]
    [MemberData(nameof(Hostile))]
    [MemberData(nameof(HostileToDuckDb))]
    public async Task Statements_that_write_are_refused_in_one_line_and_change_nothing(string sql)
    {
        var (before, bytes) = (file.Files(), await File.ReadAllBytesAsync(file.Path, TestContext.Current.CancellationToken));
        Assert.NotEmpty(await RefusalAsync(file.Ledger, sql));
        Assert.Equal(before, file.Files());
        Assert.Equal(bytes, await File.ReadAllBytesAsync(file.Path, TestContext.Current.CancellationToken));
        Assert.False(System.IO.Path.Exists("stolen") || System.IO.Path.Exists("stolen.csv") || System.IO.Path.Exists("stolen.duckdb"));
        Assert.Equal("2", await QueryAsync(file.Ledger, "SELECT COUNT(*) FROM movies"));
    }

    /// <summary>Bypasses the statement check to test the engine's own lockdown, because a list of forbidden functions would be incomplete with the next version.</summary>
    [Theory]
    [InlineData("FROM read_csv_auto('/etc/passwd')")]
    [InlineData("FROM read_xlsx('/etc/passwd')")]
    [InlineData("COPY movie TO 'stolen.csv'")]
    [InlineData("SET threads = 9")]
    [InlineData("INSTALL httpfs")]
    public async Task The_locked_down_session_refuses_writes(string sql)
    {
        await using var session = new DuckDbSandbox.Session(file.Path, SqlLimits.Default, TestContext.Current.CancellationToken);
        await session.OpenAsync([], 1);
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => session.Connection.ExecuteAsync(sql, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT COUNT(*) FROM r")]
    [InlineData("SELECT SUM(a.range * b.range) FROM range(10000000) a, range(10000000) b")]
    [InlineData("SELECT COUNT(*) FROM range(1000000000000)")]
    public async Task An_endless_statement_is_stopped(string sql)
    {
        var clock = Stopwatch.StartNew();
        var line = await RefusalAsync(file.Ledger, sql, SqlLimits.Default with { Timeout = TimeSpan.FromSeconds(0.3) }, exitCode: 1);
        Assert.Equal("stopped after 0.3 s: the query takes longer than its time limit; raise --timeout or narrow the query.", line);
        Assert.InRange(clock.Elapsed.TotalSeconds, 0.3, 20);
    }

    [Fact]
    public async Task The_caller_can_cancel_it()
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(0.3));
        var asOf = await SnapshotRows.FindAsync(file.Ledger.Connection, null, TestContext.Current.CancellationToken);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await using var result = await AdHocSql.OpenAsync(file.Ledger, "SELECT COUNT(*) FROM range(1000000000000)", asOf.Id, SqlLimits.Default, stop.Token);
            await result.Rows.ReadAsync(stop.Token);
        });
    }

    [Fact]
    public async Task Exceeding_memory_and_disk_limits_is_a_one_line_error_and_leaves_no_file()
    {
        var before = file.Files();
        var limits = SqlLimits.Default with { Memory = 32 << 20, TemporaryFiles = 16 << 20 };
        Assert.StartsWith(
            "the query needs more memory", await RefusalAsync(file.Ledger, "SELECT range FROM range(100000000) ORDER BY hash(range)", limits, exitCode: 1), StringComparison.Ordinal);
        Assert.Equal(before, file.Files());
    }

    [Fact]
    public async Task Rows_beyond_the_limit_are_left_out()
    {
        Assert.Equal("0;1", await QueryAsync(file.Ledger, "SELECT range FROM range(1000000000000)", SqlLimits.Default with { MaxRows = 2 }));
        Assert.Equal("0;1;2", await QueryAsync(file.Ledger, "SELECT range FROM range(3)", SqlLimits.Default with { MaxRows = 3 }));
        Assert.EndsWith("150000", await QueryAsync(file.Ledger, "SELECT range FROM range(150001)", SqlLimits.Default with { MaxRows = 0 }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Views_show_the_movies_of_the_requested_snapshot() =>
        Assert.Equal("Casino;Heat;Ikiru", await QueryAsync(file.Ledger, "SELECT title FROM movies ORDER BY 1", snapshot: 1));

    [Theory]
    [InlineData("SELECT * FROM moviess", "invalid SQL: Catalog Error: Table with name moviess does not exist! Did you mean \"movies\"? (line 1, at moviess)")]
    [InlineData("SELECT 1,\n  FROM WHERE", "invalid SQL: Parser Error: syntax error at or near \"WHERE\" (line 2, at WHERE)")]
    [InlineData("SELECT CAST('x' AS INTEGER)", "invalid SQL: Conversion Error: Could not convert string 'x' to INT32 (line 1, at CAST)")]
    [InlineData("DELETE FROM movie", "sql only reads: DELETE is not a query; use SELECT, WITH or VALUES.")]
    [InlineData("SELECT 1; SELECT 2", "sql runs one statement at a time, not 2: remove everything after the first semicolon.")]
    public async Task Errors_are_reported_with_their_position(string sql, string line) => Assert.Equal(line, await RefusalAsync(file.Ledger, sql));

    [Theory]
    [InlineData(OutputFormat.Table)]
    [InlineData(OutputFormat.Csv)]
    [InlineData(OutputFormat.Json)]
    [InlineData(OutputFormat.Ndjson)]
    [InlineData(OutputFormat.Md)]
    [InlineData(OutputFormat.Parquet)]
    public async Task Every_format_takes_every_type(OutputFormat format)
    {
        foreach (var sql in (string[])["SELECT * FROM test_all_types()", "SELECT 1 AS a, 2 AS A, 3 AS \"a\"\"|\n_\", 4 AS \"__\", 5 AS \"_\"", "SELECT * FROM movies WHERE FALSE"])
        {
            var query = sql.Contains("test_all_types", StringComparison.Ordinal) ? await WithoutEndsOfTimeAsync() : sql;
            Assert.True((await WriteAsync(file.Ledger, query, format)).Length > 0 || format == OutputFormat.Ndjson);
        }
    }

    [Fact]
    public async Task JSON_has_booleans_exact_numbers_and_texts_for_what_is_no_number() => Assert.Equal(
        "{\"a\":true,\"b\":1.50,\"c\":\"NaN\",\"d\":\"1995-01-02\"}\n",
        Encoding.UTF8.GetString(await WriteAsync(file.Ledger, "SELECT TRUE AS a, 1.50 AS b, 'NaN'::DOUBLE AS c, DATE '1995-01-02' AS d", OutputFormat.Ndjson)));

    /// <summary>Returns a query for DuckDB's table of all types, without dates and timestamps: their extreme values are outside the range of .NET.</summary>
    private async Task<string> WithoutEndsOfTimeAsync()
    {
        var types = await QueryAsync(file.Ledger, "SELECT string_agg(column_name, '|') FROM (DESCRIBE FROM test_all_types()) WHERE column_type NOT LIKE 'TIMESTAMP%' AND column_type <> 'DATE'");
        return $"SELECT {string.Join(", ", types.Split('|').Select(name => $"\"{name}\""))} FROM test_all_types()";
    }

    /// <summary>A ledger that is opened read-only.</summary>
    public sealed class LedgerFile : IAsyncLifetime
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cineledger-tests-");

        public string Path => System.IO.Path.Combine(_folder.FullName, "ledger's.duckdb");

        public Ledger Ledger { get; private set; } = null!;

        public string[] Files() => [.. _folder.GetFileSystemInfos().Select(file => file.Name).Order()];

        public async ValueTask InitializeAsync()
        {
            await using (var ledger = await DuckDbLedger.OpenAsync(Path, default))
            {
                await LoadAsync(ledger);
            }

            Ledger = await DuckDbLedger.OpenReadOnlyAsync(Path, default);
        }

        public async ValueTask DisposeAsync()
        {
            await Ledger.DisposeAsync();
            _folder.Delete(recursive: true);
        }
    }
}
