using System.Data.Common;
using CineLedger.Reports;

namespace CineLedger.Export;

/// <summary>Writes a result row by row. Calls come in this order: begin, rows, end.</summary>
public abstract class ResultWriter : IAsyncDisposable
{
    public abstract Task BeginAsync(IReadOnlyList<Column> columns, CancellationToken cancellationToken);

    /// <summary>Writes the row on which <paramref name="row"/> stands.</summary>
    public abstract ValueTask WriteAsync(DbDataReader row, CancellationToken cancellationToken);

    public abstract Task EndAsync(ResultInfo info, CancellationToken cancellationToken);

    /// <summary>Gives back what the writer holds; the output stays open.</summary>
    public abstract ValueTask DisposeAsync();

    /// <summary>Writes all rows of a reader; returns how many.</summary>
    public async Task<long> WriteResultAsync(
        IReadOnlyList<Column> columns, DbDataReader rows, ResultInfo info, CancellationToken cancellationToken)
    {
        await BeginAsync(columns, cancellationToken).ConfigureAwait(false);
        var count = await WriteRowsAsync(rows, cancellationToken).ConfigureAwait(false);
        await EndAsync(info, cancellationToken).ConfigureAwait(false);
        return count;
    }

    /// <summary>Writes the rows of a reader between begin and end; returns how many.</summary>
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

/// <summary>What belongs to a result beside its rows.</summary>
/// <param name="Snapshot">The snapshot it was taken from; null for results that concern no single one.</param>
/// <param name="Coverage">What it rests on; null where the format has no place for it, or it has none.</param>
public sealed record ResultInfo(Model.Snapshot? Snapshot, Coverage? Coverage)
{
    /// <summary>What else a reader must know to take the numbers for what they are, a sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>What came since the snapshot that the reader saw last; null where that is not known.</summary>
    public ChangesSince? Since { get; init; }

    /// <summary>An address, without its host, whose answer is this one for ever; null where there is none.</summary>
    public string? Permalink { get; init; }

    /// <summary>The cursor of the next page; null after the last one.</summary>
    public string? Next { get; init; }
}
