using CineLedger.SystemTests.Postgres;

namespace CineLedger.SystemTests.Attacks;

/// <summary>Hostile statements on a PostgreSQL ledger whose server logs in as a reader.</summary>
public sealed class PostgresSqlAttackTests(PostgresSqlAttackTests.AttackedDatabase server) : SqlAttackSuite(server), IClassFixture<PostgresSqlAttackTests.AttackedDatabase>
{
    public static TheoryData<string> Excesses =>
    [
        "SELECT length(array_agg(repeat(chr(120),1000000))::text) FROM generate_series(1,300)",
        "SELECT repeat(chr(120),100000000)",
        "SELECT repeat(chr(120),2000000) FROM generate_series(1,50)",
        "SELECT count(*) FROM generate_series(1,1000000000000)",
        "SELECT pg_sleep(40)",
        "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT COUNT(*) FROM r",
    ];

    public static TheoryData<string> Disclosures =>
    [
        "SELECT xpath('//a[count(//a)>1]', ('<r>'||repeat('<a/>',40000)||'</r>')::xml)", "SELECT * FROM XMLTABLE('//a[count(//a)>1]' PASSING '<r><a/></r>'::xml COLUMNS x TEXT)", "SELECT txid_current()",
        "SELECT * FROM webhook", "SELECT * FROM public.webhook", "SELECT * FROM access_key", "SELECT * FROM public.access_key", "SELECT * FROM public.movie", "SELECT * FROM load_run",
        "SELECT * FROM push_answer", "SELECT table_to_xml('access_key', true, false, '')", "SELECT table_to_xml('public.webhook', true, false, '')",
        "SELECT table_to_xml('pg_catalog.pg_authid', true, false, '')", "SELECT schema_to_xml('public', true, false, '')", "SELECT database_to_xml(true, false, '')",
        "SELECT table_to_xml_and_xmlschema('access_key', true, false, '')", "SELECT query_to_xml('SELECT * FROM public.webhook', true, true, '')",
        "SELECT \"table_to_xml\"('public.webhook'::regclass, true, false, '')", "SELECT pg_catalog.table_to_xml('public.webhook', true, false, '')",
        "EXPLAIN SELECT 1 FROM movie WHERE title = CAST(CAST(table_to_xml('public.webhook',true,false,'') AS text) AS int)::text",
        "SELECT rolpassword FROM pg_authid", "SELECT * FROM pg_shadow", "SELECT set_config('role', 'none', false)", "SELECT * FROM ts_stat('SELECT to_tsvector(secret) FROM public.webhook')",
        "SELECT pg_read_file('/etc/passwd')", "SELECT lo_import('/etc/passwd')", "SELECT * FROM dblink('', 'SELECT 1')", "SELECT webhook\u200b FROM movie",
    ];

    [Theory]
    [MemberData(nameof(Excesses))]
    public Task A_statement_beyond_its_limits_is_ended(string sql) => AttackAsync(sql, 200, 400, 422);

    [Theory]
    [MemberData(nameof(Disclosures))]
    public Task A_statement_reads_the_published_data_only(string sql) => AttackAsync(sql, 400);

    [Fact]
    public Task A_plan_with_many_levels_is_answered() =>
        AttackAsync($"{string.Concat(Enumerable.Repeat("SELECT * FROM (", 80))}SELECT title FROM movies LIMIT 1{string.Concat(Enumerable.Range(0, 80).Select(i => $") q{i}"))}", 200);

    [Fact]
    public async Task The_views_show_the_published_movies()
    {
        var (status, text) = await server.RunAsync("SELECT COUNT(*) > 0 AS found FROM movies JOIN movie_companies USING (movie_id)");
        Assert.True(status == 200 && text.Contains("{\"found\":true}", StringComparison.Ordinal), text);
    }

    /// <summary>A database with the roles, read by a login that is a reader, as the documentation recommends.</summary>
    public sealed class AttackedDatabase(CommandLine.Datasets datasets) : AttackedServer
    {
        private PostgresServer? _database;

        protected override async Task<string> CreateLedgerAsync()
        {
            _database = await PostgresServer.StartNewAsync();
            var owner = await _database.CreateDatabaseAsync();
            await Workspace.RunSuccessfullyAsync("load", datasets.Movies, "--store", owner);
            await Workspace.RunSuccessfullyAsync("init", "--roles", "--store", owner);
            await _database.ExecuteAsync("postgres", "CREATE ROLE lou LOGIN PASSWORD 'not-for-sql' IN ROLE cineledger_loader");
            AddSecret("not-for-sql");
            return owner.Replace("postgres@", "lou@", StringComparison.Ordinal);
        }

        protected override async Task DeleteLedgerAsync() => await _database!.DisposeAsync();
    }
}
