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
internal sealed class ReportParts
{
    private const int FilmsPerPart = 120_000;
    private readonly DbConnection _connection;
    private readonly QueryRequest _query;
    private readonly Snapshot _snapshot;
    private readonly long _parts;

    private ReportParts(DbConnection connection, QueryRequest query, Snapshot snapshot, int filmsPerPart)
    {
        (_connection, _query, _snapshot) = (connection, query, snapshot);

        // A server has memory of its own.
        _parts = connection is DuckDBConnection && StagedSql.Fits(query) ? (snapshot.Movies + filmsPerPart - 1) / filmsPerPart : 1;
    }

    /// <summary>
    /// Puts the names of a report in order that is to come in parts. A report that is small, or cannot be divided, is one part, and nothing is
    /// done for it yet.
    /// </summary>
    public static async Task<ReportParts> BeginAsync(
        DbConnection connection, ReportRequest request, Snapshot snapshot, CancellationToken cancellationToken, int filmsPerPart = FilmsPerPart)
    {
        var parts = new ReportParts(connection, ReportSql.Query(request), snapshot, filmsPerPart);
        if (parts._parts > 1)
        {
            await connection.ExecuteAsync(StagedSql.MakePlaces, cancellationToken).ConfigureAwait(false);
        }

        return parts;
    }

    /// <summary>Groups what is to come in parts, which takes the most memory: of several reports, one after the other. Call it once, before <see cref="OpenAsync"/>.</summary>
    public async Task GroupAsync(CancellationToken cancellationToken)
    {
        if (_parts > 1)
        {
            foreach (var stage in StagedSql.Make(_query, _snapshot.Id))
            {
                await _connection.ExecuteAsync(stage.Text, cancellationToken, [.. stage.Parameters]).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Opens one part after the other, once; each is to be disposed before the next is asked for.</summary>
    public async IAsyncEnumerable<DbResult> OpenAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (_parts < 2)
        {
            yield return await ReportRunner.OpenAsync(_connection, _query, _snapshot, cancellationToken).ConfigureAwait(false);
            yield break;
        }

        var companies = (long)(await _connection.ScalarAsync(StagedSql.CountPlaces, cancellationToken).ConfigureAwait(false))!;
        for (var part = 0L; part < _parts; part++)
        {
            var sql = StagedSql.Part(_query, (part * companies / _parts) + 1, (part + 1) * companies / _parts);
            yield return await DbResult.OpenAsync(_connection, sql, QueryColumns.Of(_query), cancellationToken).ConfigureAwait(false);
        }

        await _connection.ExecuteAsync(StagedSql.Drop(_query), cancellationToken).ConfigureAwait(false);
    }
}
