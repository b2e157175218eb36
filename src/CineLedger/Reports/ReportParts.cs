using System.Data.Common;
using System.Runtime.CompilerServices;
using CineLedger.Model;
using CineLedger.Reports.Queries;
using CineLedger.Storage;
using DuckDB.NET.Data;

namespace CineLedger.Reports;

/// <summary>
/// The rows of a report on many films, in parts: one after the other they give the report's rows in its order. So a report needs hardly
/// more memory for a million films than for a hundred thousand, where the engine's memory is this process's own.
/// </summary>
internal static class ReportParts
{
    private const int FilmsPerPart = 120_000;

    /// <summary>
    /// Opens one part after the other; each is closed before the next is asked for. A report that is small, cannot be divided, or comes
    /// from a server, which has memory of its own, is one part.
    /// </summary>
    public static async IAsyncEnumerable<DbResult> OpenAsync(
        DbConnection connection,
        ReportRequest request,
        Snapshot snapshot,
        int filmsPerPart = FilmsPerPart,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var query = ReportSql.Query(request);
        var parts = (snapshot.Movies + filmsPerPart - 1) / filmsPerPart;
        if (parts < 2 || connection is not DuckDBConnection || !StagedSql.Fits(query))
        {
            yield return await ReportRunner.OpenAsync(connection, query, snapshot, cancellationToken).ConfigureAwait(false);
            yield break;
        }

        foreach (var stage in StagedSql.Make(query, snapshot.Id))
        {
            await connection.ExecuteAsync(stage.Text, cancellationToken, [.. stage.Parameters]).ConfigureAwait(false);
        }

        var companies = (long)(await connection.ScalarAsync(StagedSql.CountPlaces, cancellationToken).ConfigureAwait(false))!;
        for (var part = 0L; part < parts; part++)
        {
            var sql = StagedSql.Part(query, (part * companies / parts) + 1, (part + 1) * companies / parts);
            yield return await DbResult.OpenAsync(connection, sql, QueryColumns.Of(query), cancellationToken).ConfigureAwait(false);
        }

        await connection.ExecuteAsync(StagedSql.Drop(query), cancellationToken).ConfigureAwait(false);
    }
}
