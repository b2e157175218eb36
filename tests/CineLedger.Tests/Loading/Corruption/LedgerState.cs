using CineLedger.Cleaning;
using CineLedger.Export;
using CineLedger.Reports;
using CineLedger.Storage;
using CineLedger.Storage.DuckDb;
using CineLedger.Storage.Reading;
using CineLedger.Storage.Snapshots;

namespace CineLedger.Tests.Loading.Corruption;

/// <summary>What readers of a ledger see.</summary>
internal static class LedgerState
{
    private static readonly string[] Reports = ["companies", "genres", "company-genres"];

    private static readonly string[] Tables =
        ["snapshot", "movie", "movie_company", "movie_genre", "movie_country", "movie_language", "company", "genre", "country", "language"];

    private static readonly string Fingerprint = string.Join(
        " UNION ALL ", Tables.Select((table, place) => $"SELECT {place} AS place, COUNT(*)::VARCHAR || ' ' || BIT_XOR(HASH(t))::VARCHAR AS fingerprint FROM {table} t"));

    /// <summary>Returns the three reports of the newest snapshot as CSV; nothing for an empty ledger.</summary>
    public static async Task<byte[]> ReadReportsAsync(Ledger ledger, CancellationToken cancellationToken)
    {
        using var output = new MemoryStream();
        if (await SnapshotRows.FindLatestAsync(ledger.Connection, cancellationToken) is { } snapshot)
        {
            foreach (var report in ReportDefinition.All.Where(report => Reports.Contains(report.Name)))
            {
                await using var result = await ReportRunner.OpenAsync(ledger.Connection, new ReportRequest { Report = report }, snapshot, cancellationToken);
                await using var writer = new CsvWriter(output);
                await writer.WriteResultAsync(result.Columns, result.Rows, new ResultInfo(null, null), cancellationToken);
            }
        }

        return output.ToArray();
    }

    /// <summary>Returns a fingerprint of every row that a report may read. Equal rows give equal reports, and comparing them takes a fraction of the time.</summary>
    public static async Task<string> ReadFingerprintAsync(DuckDbLedger ledger, CancellationToken cancellationToken) =>
        string.Join(", ", await ledger.Connection.QueryAsync($"SELECT fingerprint FROM ({Fingerprint}) ORDER BY place", row => row.IsDBNull(0) ? "empty" : row.GetString(0), cancellationToken));

    /// <summary>Returns the current movies as JSON, with every field and list, sorted by id.</summary>
    public static async Task<IReadOnlyList<string>> ReadMoviesAsync(Ledger ledger, CancellationToken cancellationToken) =>
        [.. (await MovieRows.ReadAsync(ledger.Connection, "m.until IS NULL", cancellationToken)).Select(version => TmdbJson.ToText(version.Movie))];
}
