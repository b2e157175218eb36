using System.Data.Common;
using CineLedger.Reports;

namespace CineLedger.Export;

/// <summary>Writes a result row by row. The order of calls is begin, rows, end.</summary>
public abstract class ResultWriter : IAsyncDisposable
{
    public abstract Task BeginAsync(IReadOnlyList<Column> columns, CancellationToken cancellationToken);

    /// <summary>Writes the row at which the reader <paramref name="row"/> is positioned.</summary>
    public abstract ValueTask WriteAsync(DbDataReader row, CancellationToken cancellationToken);

    public abstract Task EndAsync(ResultInfo info, CancellationToken cancellationToken);

    /// <summary>Releases the writer's resources; the output stays open.</summary>
    public abstract ValueTask DisposeAsync();

    /// <summary>Writes a result with all rows of a reader and returns their number.</summary>
    public async Task<long> WriteResultAsync(
        IReadOnlyList<Column> columns, DbDataReader rows, ResultInfo info, CancellationToken cancellationToken)
    {
        await BeginAsync(columns, cancellationToken).ConfigureAwait(false);
        var count = await WriteRowsAsync(rows, cancellationToken).ConfigureAwait(false);
        await EndAsync(info, cancellationToken).ConfigureAwait(false);
        return count;
    }

    /// <summary>Writes the rows of a reader, between begin and end, and returns their number.</summary>
    private async Task<long> WriteRowsAsync(DbDataReader rows, CancellationToken cancellationToken)
    {
        var count = 0L;
        while (await rows.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            await WriteAsync(rows, cancellationToken).ConfigureAwait(false);
            count++;
        }

        return count;
    }
}

/// <summary>Metadata of a result.</summary>
/// <param name="Snapshot">The snapshot it was read from; null for results that do not belong to a single snapshot.</param>
/// <param name="Coverage">The movies and known amounts behind it; null when the format does not show them or the result has none.</param>
public sealed record ResultInfo(Model.Snapshot? Snapshot, Coverage? Coverage)
{
    /// <summary>Gets notes needed to interpret the numbers, one sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Gets all sentences to show with the numbers: those of the coverage, and the notes.</summary>
    public IReadOnlyList<string> AllNotes => [.. Coverage?.AllNotes ?? [], .. Notes];

    /// <summary>Gets the number of rows at the end that are totals.</summary>
    public int TotalRows { get; init; }

    /// <summary>Gets the changes since the snapshot that the client last saw; null when it is unknown.</summary>
    public ChangesSince? Since { get; init; }

    /// <summary>Gets the permalink, without the host, which always returns this result; null when there is none.</summary>
    public string? Permalink { get; init; }

    /// <summary>Gets the cursor of the next page; null on the last page.</summary>
    public string? Next { get; init; }
}
