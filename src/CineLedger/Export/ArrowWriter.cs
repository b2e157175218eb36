using System.Data.Common;
using Apache.Arrow;
using Apache.Arrow.Ipc;
using Column = CineLedger.Reports.Column;

namespace CineLedger.Export;

/// <summary>
/// Writes an Arrow IPC file (Feather version 2), with a record batch every <see cref="BatchRows"/> rows so that memory does not grow with the
/// result. Whole numbers are int64, other numbers float64, times UTC timestamps in microseconds; unknown is null.
/// </summary>
public sealed class ArrowWriter(Stream output) : ResultWriter
{
    private const int BatchRows = 16_384;

    /// <summary>A batch with more bytes of texts ends earlier: it is in memory two or three times.</summary>
    private const int BatchTextBytes = 1 << 20;

    private readonly ForwardOnlyStream _forward = new(output, counts: true);
    private ArrowColumn[] _batch = [];
    private Schema? _schema;
    private ArrowFileWriter? _file;
    private int _rows;

    public override async Task BeginAsync(IReadOnlyList<Column> columns, CancellationToken cancellationToken)
    {
        _batch = [.. columns.Select(column => new ArrowColumn(column.Kind))];
        _schema = new Schema(columns.Zip(_batch, (column, values) => new Field(column.Name, values.Type, nullable: true)), metadata: null);
        _file = new ArrowFileWriter(_forward, _schema, leaveOpen: true);
        await _file.WriteStartAsync(cancellationToken).ConfigureAwait(false);
    }

    public override ValueTask WriteAsync(DbDataReader row, CancellationToken cancellationToken)
    {
        var bytes = 0;
        for (var i = 0; i < _batch.Length; i++)
        {
            _batch[i].Append(row, i);
            bytes += _batch[i].TextBytes;
        }

        return ++_rows < BatchRows && bytes < BatchTextBytes ? ValueTask.CompletedTask : WriteBatchAsync(cancellationToken);
    }

    public override async Task EndAsync(ResultInfo info, CancellationToken cancellationToken)
    {
        if (_rows > 0)
        {
            await WriteBatchAsync(cancellationToken).ConfigureAwait(false);
        }

        await _file!.WriteEndAsync(cancellationToken).ConfigureAwait(false);
        await output.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    public override ValueTask DisposeAsync()
    {
        _file?.Dispose();
        return ValueTask.CompletedTask;
    }

    private async ValueTask WriteBatchAsync(CancellationToken cancellationToken)
    {
        using var batch = new RecordBatch(_schema!, _batch.Select(column => column.BuildArray()), _rows);
        await _file!.WriteRecordBatchAsync(batch, cancellationToken).ConfigureAwait(false);
        _rows = 0;
    }
}
