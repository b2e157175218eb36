using System.Data.Common;
using System.Runtime.CompilerServices;
using CineLedger.Model;
using CineLedger.Reports.Queries;
using CineLedger.Storage;
using CineLedger.Storage.DuckDb;
using DuckDB.NET.Data;

namespace CineLedger.Reports;

/// <summary>
/// The rows of a report on many films, in parts: one after the other they give the report's rows in its order. So a report needs hardly
/// more memory for a million films than for a hundred thousand, where the engine's memory is this process's own.
/// </summary>
internal sealed class ReportParts
{
    public const int FilmsPerPart = 120_000;
    private readonly DbConnection _connection;
    private readonly QueryRequest _query;
    private readonly Snapshot _snapshot;
    private readonly long _parts;

    /// <param name="connection">What the report is asked of.</param>
    /// <param name="request">The report.</param>
    /// <param name="snapshot">As of when.</param>
    /// <param name="filmsPerPart">Films beyond which it is divided.</param>
    public ReportParts(DbConnection connection, ReportRequest request, Snapshot snapshot, int filmsPerPart)
    {
        (_connection, _query, _snapshot) = (connection, ReportSql.Query(request), snapshot);

        // A server has memory of its own.
        _parts = connection is DuckDBConnection && StagedSql.Fits(_query) ? (snapshot.Movies + filmsPerPart - 1) / filmsPerPart : 1;
    }

    /// <summary>Whether there are several parts. A report that is small, or cannot be divided, is one.</summary>
    public bool AreMany => _parts > 1;

    /// <summary>The dimensions whose names the rows of parts get as they are read.</summary>
    public IEnumerable<Dimension> NamedLater => _query.By.Where(StagedSql.ComesAsPlace);

    /// <summary>Groups what is to come in parts, which takes the most memory: of several reports, one after the other. Call it once, before <see cref="OpenAsync"/>.</summary>
    public async Task GroupAsync(CancellationToken cancellationToken)
    {
        if (AreMany)
        {
            foreach (var stage in StagedSql.Make(_query, _snapshot.Id))
            {
                await _connection.ExecuteAsync(stage.Text, cancellationToken, [.. stage.Parameters]).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Opens one part after the other, once; each is to be disposed before the next is asked for.</summary>
    /// <param name="names">Needed where there are several parts.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public async IAsyncEnumerable<DbResult> OpenAsync(NamesInOrder? names, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!AreMany)
        {
            yield return await ReportRunner.OpenAsync(_connection, _query, _snapshot, cancellationToken).ConfigureAwait(false);
            yield break;
        }

        ArgumentNullException.ThrowIfNull(names);

        for (var part = 0L; part < _parts; part++)
        {
            var sql = StagedSql.Part(_query, (part * names.Companies / _parts) + 1, (part + 1) * names.Companies / _parts);
            var result = await DbResult.OpenAsync(_connection, sql, QueryColumns.Of(_query), cancellationToken).ConfigureAwait(false);
            names.Name((ChunkReader)result.Rows, _query);
            yield return result;
        }

        await _connection.ExecuteAsync(StagedSql.Drop(_query), cancellationToken).ConfigureAwait(false);
    }
}
