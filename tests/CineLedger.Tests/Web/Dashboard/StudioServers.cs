using CineLedger.Storage.DuckDb;
using CineLedger.Storage.Studios;

namespace CineLedger.Tests.Web.Dashboard;

/// <summary>A server with <see cref="DashboardStudios"/>.</summary>
public sealed class StudioServer : DashboardServer
{
    protected override async Task CreateLedgerAsync()
    {
        await using var ledger = await DuckDbLedger.OpenAsync(Store, default);
        await ServedMovies.LoadAsync(ledger, DashboardStudios.Movies);
        await StudioImport.RunAsync(ledger, DashboardStudios.Lines, "studios.csv", default);
    }
}

/// <summary>A server without studios.</summary>
public sealed class NoStudioServer : DashboardServer
{
    protected override async Task CreateLedgerAsync()
    {
        await base.CreateLedgerAsync();
        await using var ledger = await DuckDbLedger.OpenAsync(Store, default);
        await StudioImport.RunAsync(ledger, [], "none", default);
    }
}
