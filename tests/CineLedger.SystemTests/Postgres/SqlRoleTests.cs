using CineLedger.SqlSandbox;
using CineLedger.Storage;
using CineLedger.Storage.Postgres;
using CineLedger.SystemTests.CommandLine;
using CineLedger.Tests.SqlSandbox;
using Microsoft.Extensions.Logging.Abstractions;

namespace CineLedger.SystemTests.Postgres;

/// <summary>The rights of SQL that other users send: those of the role cineledger_sql, and none without it.</summary>
public sealed class SqlRoleTests : IAsyncLifetime
{
    private static readonly SqlLimits OfOthers = SqlLimits.Default with { RequiresRole = true };

    private readonly CitusCluster _cluster = new();
    private readonly Workspace _workspace = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        _workspace.Dispose();
        await _cluster.DisposeAsync();
    }

    [Fact]
    public async Task Without_the_role_SQL_is_off_and_the_error_names_the_command()
    {
        PostgresServer.SkipIfMissing();
        await using var server = await PostgresServer.StartNewAsync();
        var owner = await server.CreateDatabaseAsync();
        await LoadAsync(owner);
        await using var ledger = await PostgresLedger.OpenReadOnlyAsync(owner, null, Cancel);
        var error = await Assert.ThrowsAsync<CineLedger.Model.SqlNotPermittedException>(() => SqlLedger.QueryAsync(ledger, "SELECT 1", OfOthers));
        Assert.Contains("cineledger init --roles", error.Message, StringComparison.Ordinal);
        Assert.Equal("2", await SqlLedger.QueryAsync(ledger, "SELECT COUNT(*) FROM movies"));
    }

    [Fact]
    public async Task A_server_warns_without_the_role_and_on_a_primary()
    {
        PostgresServer.SkipIfMissing();
        await using var server = await PostgresServer.StartNewAsync();
        var owner = await server.CreateDatabaseAsync();
        await LoadAsync(owner);
        await using var pool = await LedgerPool.OpenAsync(owner, null, readOnly: true, NullLogger.Instance, Cancel);
        Assert.Contains("cineledger init --roles", await pool.CheckSqlAsync(Cancel), StringComparison.Ordinal);
        await _workspace.RunSuccessfullyAsync("init", "--roles", "--store", owner);
        Assert.Contains("read from a standby", await pool.CheckSqlAsync(Cancel), StringComparison.Ordinal);
    }

    /// <summary>The role for SQL if there is one, the reader role in a ledger whose roles an older version created, and otherwise pg_read_all_data.</summary>
    [Fact]
    public async Task On_the_command_line_a_superuser_runs_as_a_role_that_can_only_read()
    {
        PostgresServer.SkipIfMissing();
        await using var server = await PostgresServer.StartNewAsync();
        var owner = await server.CreateDatabaseAsync();
        await LoadAsync(owner);
        await using var ledger = await PostgresLedger.OpenReadOnlyAsync(owner, null, Cancel);
        await ledger.Connection.ExecuteAsync("CREATE TABLE secret (a INTEGER)", Cancel);
        Assert.Equal("pg_read_all_data", await SqlLedger.QueryAsync(ledger, "SELECT current_user"));
        await ledger.CreateRolesAsync(Cancel);
        await ledger.Connection.ExecuteAsync("REVOKE ALL ON secret FROM cineledger_reader", Cancel);
        foreach (var role in (string[])["cineledger_sql", "cineledger_reader"])
        {
            Assert.Equal(role, await SqlLedger.QueryAsync(ledger, "SELECT current_user"));
            Assert.Equal("2", await SqlLedger.QueryAsync(ledger, "SELECT COUNT(*) FROM movies"));
            Assert.Contains("permission denied", await SqlLedger.RefusalAsync(ledger, "SELECT * FROM public.secret"), StringComparison.Ordinal);
            await ledger.Connection.ExecuteAsync("DROP SCHEMA IF EXISTS public_sql CASCADE", Cancel);
        }
    }

    [Fact]
    public async Task An_upgrade_of_the_schema_creates_the_views_again()
    {
        PostgresServer.SkipIfMissing();
        await using var server = await PostgresServer.StartNewAsync();
        var owner = await server.CreateDatabaseAsync();
        await LoadAsync(owner);
        await _workspace.RunSuccessfullyAsync("init", "--roles", "--store", owner);
        await server.ExecuteAsync(new Uri(owner).AbsolutePath[1..], "COMMENT ON SCHEMA public_sql IS 'ledger schema 1'; DROP VIEW public_sql.movie");
        await _workspace.RunSuccessfullyAsync("init", "--store", owner);
        await using var ledger = await PostgresLedger.OpenReadOnlyAsync(owner, null, Cancel);
        Assert.Equal("2", await SqlLedger.QueryAsync(ledger, "SELECT COUNT(*) FROM movies", OfOthers));
    }

    [Fact]
    public async Task On_Citus_the_role_reads_the_published_data_and_no_secrets()
    {
        CitusCluster.SkipIfMissing();
        var owner = await _cluster.CreateDatabaseAsync();
        await LoadAsync(owner);
        await _workspace.RunSuccessfullyAsync("init", "--roles", "--store", owner);
        await using var ledger = await PostgresLedger.OpenReadOnlyAsync(owner, null, Cancel);
        Assert.Equal("Casino;Heat!", await SqlLedger.QueryAsync(ledger, "SELECT title FROM movies ORDER BY 1", OfOthers));
        foreach (var table in (string[])["webhook", "public.webhook", "public.access_key", "public.load_run", "public.push_answer"])
        {
            await SqlLedger.RefusalAsync(ledger, $"SELECT * FROM {table}", OfOthers);
        }
    }

    private static async Task LoadAsync(string store)
    {
        await using var ledger = await PostgresLedger.OpenAsync(store, wait: true, Cancel);
        await SqlLedger.LoadAsync(ledger);
    }
}
