using CineLedger.Reports.Views;
using CineLedger.Storage;
using CineLedger.Storage.Postgres;
using CineLedger.Tests.Reports.Views;

namespace CineLedger.SystemTests.Postgres;

/// <summary>The views in a PostgreSQL database.</summary>
public sealed class PostgresViewTests(SharedServer server) : StoredViewSuite, IAsyncLifetime
{
    private PostgresLedger? _ledger;

    protected override Ledger Ledger => _ledger!;

    protected override string PinStatement => "SET cineledger.snapshot = {0}";

    protected override string UnpinStatement => "RESET cineledger.snapshot";

    public async ValueTask InitializeAsync() => _ledger = await PostgresLedger.OpenAsync(await server.CreateDatabaseAsync(), wait: false, Cancel);

    public ValueTask DisposeAsync() => Ledger.DisposeAsync();

    [Fact]
    public async Task The_database_describes_views_and_columns()
    {
        var comments = await Ledger.Connection.QueryAsync(
            """
            SELECT c.relname || COALESCE('.' || a.attname, '') || ': ' || d.description FROM pg_class c
            JOIN pg_description d ON d.objoid = c.oid LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.objsubid AND a.attnum > 0
            WHERE c.relkind = 'v' AND c.relnamespace = CURRENT_SCHEMA()::REGNAMESPACE
            """,
            row => row.GetString(0),
            Cancel);
        await AssertDescribedAsync(comments);
    }

    /// <summary>A tool connects with a login that has the reader role, and sets the snapshot in its connection.</summary>
    [Fact]
    public async Task The_reader_role_can_read_and_only_read_every_view()
    {
        await Ledger.CreateRolesAsync(Cancel);
        await using var session = await Ledger.OpenReaderAsync(Cancel);
        await session.ExecuteAsync($"SET ROLE {PostgresRoles.Reader}", Cancel);
        foreach (var view in await SnapshotViews.ReadAsync(Cancel))
        {
            Assert.Equal(0L, await session.ExecuteScalarAsync($"SELECT COUNT(*) FROM {view.Name}", Cancel));
        }

        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => session.ExecuteAsync("DELETE FROM movies", Cancel));
    }
}
