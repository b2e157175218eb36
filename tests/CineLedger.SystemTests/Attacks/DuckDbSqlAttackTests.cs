namespace CineLedger.SystemTests.Attacks;

/// <summary>Hostile statements on a DuckDB ledger.</summary>
public sealed class DuckDbSqlAttackTests(AttackedFile server) : SqlAttackSuite(server), IClassFixture<AttackedFile>
{
    /// <summary>Statements that end or freeze the process in which they run.</summary>
    public static TheoryData<string> Crashes =>
    [
        "SELECT json_contains(repeat('[',100000)||repeat(']',100000),repeat('[',100000)||repeat(']',100000))",
        "SELECT json_merge_patch(repeat('{\"a\":',60000)||'1'||repeat('}',60000), repeat('{\"a\":',60000)||'1'||repeat('}',60000))",
        "SELECT json_structure(repeat('[',1000000)||repeat(']',1000000))",
        "SELECT json_structure(repeat('[',200000)||repeat(']',200000))",
        "SELECT json_transform(repeat('[',100000)||repeat(']',100000), '\"JSON\"')",
        "SELECT count(*) FROM json_tree(repeat('[',300000)||repeat(']',300000))",
        "SELECT json_serialize_sql(repeat('(',100000))",
    ];

    /// <summary>Statements that take more memory or time than a statement may, within single values or before the first row.</summary>
    public static TheoryData<string> Excesses =>
    [
        "SELECT len(range(500000000))",
        "SELECT length(repeat('x',4000000000))",
        "SELECT length(lpad('x',1500000000,'y'))",
        "SELECT length(printf('%2000000000d',1))",
        "SELECT length(rpad('x',1900000000,'y')) + length(repeat('z',1900000000))",
        "SELECT bit_count(bitstring('1',2000000000))",
        "SELECT repeat('x',100000000)",
        "SELECT list_reduce(range(100000000), (a, b) -> a + b)",
        "SELECT levenshtein(repeat('ab',45000),repeat('ba',45000))",
        "SELECT repeat('a',100000) GLOB (repeat('a*',500)||'b')",
        "SELECT sleep_ms(40000)",
        "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT COUNT(*) FROM r",
    ];

    /// <summary>Ways to name a table of secrets, to read a file, or to learn about the machine.</summary>
    public static TheoryData<string> Disclosures =>
    [
        "SELECT * FROM webhook", "SELECT url, secret FROM \"Webhook\"", "SELECT * FROM 'webhook'", "SELECT * FROM 'WebHook'", "FROM \"WEBHOOK\"", "TABLE \"Webhook\"", "SUMMARIZE \"Webhook\"",
        "DESCRIBE ledger.main.\"wEbhook\"", "SELECT * FROM ledger.main.webhook", "SELECT * FROM webhook\u200b", "SELECT * FROM web\u2060hook", "SELECT * FROM \ufeffwebhook", "FROM webhook_delivery",
        "FROM push_answer", "FROM load_run", "FROM load_schedule", "FROM snapshot_source", "FROM draft", "FROM access_key",
        "SELECT * FROM \"Query_Table\"('webhook')", "SELECT * FROM \"Query\"('FROM webhook')", "SELECT \"Current_Setting\"('temp_directory')", "FROM \"Duckdb_Settings\"()", "FROM \"Duckdb_Databases\"()",
        "FROM pg_settings", "TABLE \"PG_Settings\"", "SELECT setting FROM 'pg_settings'", "FROM duckdb_databases", "FROM pragma_storage_info('webhook')", "FROM pragma_storage_info('movie')", "FROM \"Read_Blob\"('cineledger.duckdb')", "FROM 'cineledger.duckdb'",
        "FROM read_text('/proc/self/environ')", "FROM glob('*')", "SELECT getenv('PATH')", "SELECT * FROM duckdb_secrets()", "FROM pragma_database_size()",
        "WITH a AS MATERIALIZED (SELECT count(*) c FROM \"Enable_Logging\"(storage='stdout', level='trace')) SELECT c, \"Write_Log\"('FORGED '||i, scope:='database', level:='fatal') FROM a, range(3) t(i)",
        "SELECT \"write_log\"('x')", "FROM \"Enable_Profiling\"()",
    ];

    /// <summary>Texts that are large or deep themselves.</summary>
    public static TheoryData<string, int> Texts => new()
    {
        { "union", 40_000 }, { "and", 50_000 }, { "list", 900 }, { "explain", 900 }, { "parentheses", 30_000 }, { "not", 50_000 }, { "tables", 40 },
    };

    [Theory]
    [MemberData(nameof(Crashes))]
    public Task A_statement_that_ends_its_process_ends_only_that(string sql) => AttackAsync(sql, 200, 400, 422);

    [Theory]
    [MemberData(nameof(Excesses))]
    public Task A_statement_beyond_its_limits_is_ended(string sql) => AttackAsync(sql, 200, 400, 422);

    [Theory]
    [MemberData(nameof(Disclosures))]
    public Task A_statement_reads_the_published_data_only(string sql) => AttackAsync(sql, 400);

    [Theory]
    [MemberData(nameof(Texts))]
    public Task A_long_or_deep_statement_is_answered_or_ended(string kind, int size) => AttackAsync(Build(kind, size), 200, 400, 422);

    /// <summary>The server, not the worker, writes the format, so its memory must not grow with the result.</summary>
    [Theory]
    [InlineData("arrow")]
    [InlineData("parquet")]
    [InlineData("xlsx")]
    [InlineData("csv")]
    public async Task A_large_result_takes_little_memory_in_any_format(string format)
    {
        var before = server.ReadMemory();
        var (status, text) = await server.RunAsync("SELECT repeat('x',1000000) AS x FROM range(50)", format);
        Assert.True(status == 200, $"{status} {text[..Math.Min(text.Length, 300)]}");
        Assert.InRange(server.ReadMemory() - before, long.MinValue, 300L << 20);
    }

    [Fact]
    public Task Many_or_long_column_names_are_refused() => AttackAsync($"SELECT {string.Join(", ", Enumerable.Range(0, 1_001).Select(i => $"1 AS c{i}"))}", 400);

    private static string Build(string kind, int size) => kind switch
    {
        "union" => string.Join(" UNION ALL ", Enumerable.Repeat("SELECT 1", size)),
        "and" => $"SELECT {string.Join(" AND ", Enumerable.Repeat("true", size))}",
        "list" => $"SUMMARIZE SELECT {new string('[', size)}1{new string(']', size)}",
        "explain" => $"EXPLAIN SELECT 1{string.Concat(Enumerable.Repeat("+1", size))}",
        "parentheses" => $"SELECT {new string('(', size)}1{new string(')', size)}",
        "not" => $"SELECT {string.Concat(Enumerable.Repeat("NOT ", size))}true",
        _ => $"WITH {string.Join(", ", Enumerable.Range(0, size).Select(i => i == 0 ? "a0 AS (SELECT 1 x)" : $"a{i} AS (SELECT x.* FROM a{i - 1} x, a{i - 1} y)"))} SELECT count(*) FROM a{size - 1}",
    };
}
