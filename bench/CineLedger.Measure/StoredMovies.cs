using CineLedger.Model;
using CineLedger.Storage.DuckDb;
using CineLedger.Storage.Reading;

namespace CineLedger.Measure;

/// <summary>Reads the movies of a ledger.</summary>
internal static class StoredMovies
{
    public static async Task<IReadOnlyList<Movie>> ReadAsync(string store)
    {
        await using var ledger = await DuckDbLedger.OpenReadOnlyAsync(store, default);
        return [.. (await MovieRows.ReadAsync(ledger.Connection, "m.until IS NULL", default)).Select(version => version.Movie)];
    }
}
