using System.Data.Common;
using CineLedger.Reports;

namespace CineLedger.Export;

/// <summary>The formats in which a result can be had.</summary>
public enum OutputFormat
{
    Table,
    Csv,
    Json,
    Ndjson,
    Md,
    Parquet,
}

/// <summary>Writes a result row by row. Calls come in this order: begin, rows, end.</summary>
public abstract class ResultWriter : IAsyncDisposable
{
    public abstract Task BeginAsync(IReadOnlyList<Column> columns, CancellationToken cancellationToken);

    /// <summary>Writes the row on which <paramref name="row"/> stands.</summary>
    public abstract ValueTask WriteAsync(DbDataReader row, CancellationToken cancellationToken);

    public abstract Task EndAsync(ResultInfo info, CancellationToken cancellationToken);

    /// <summary>Gives back what the writer holds; the output stays open.</summary>
    public abstract ValueTask DisposeAsync();

    /// <summary>Writes a whole result; returns its rows.</summary>
    public static async Task<long> CopyAsync(DbResult result, ResultWriter writer, ResultInfo info, CancellationToken cancellationToken)
    {
        await writer.BeginAsync(result.Columns, cancellationToken).ConfigureAwait(false);
        var rows = 0L;
        while (await result.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            await writer.WriteAsync(result.Row, cancellationToken).ConfigureAwait(false);
            rows++;
        }

        await writer.EndAsync(info, cancellationToken).ConfigureAwait(false);
        return rows;
    }
}

/// <summary>What belongs to a result beside its rows.</summary>
/// <param name="Snapshot">The snapshot it was taken from; null for results that concern no single one.</param>
/// <param name="Coverage">What it rests on; null where the format has no place for it, or it has none.</param>
public sealed record ResultInfo(Model.Snapshot? Snapshot, Coverage? Coverage);
