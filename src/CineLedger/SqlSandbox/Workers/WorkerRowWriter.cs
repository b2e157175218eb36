using CineLedger.Model;
using CineLedger.Reports;

namespace CineLedger.SqlSandbox.Workers;

/// <summary>
/// Writes rows for <see cref="WorkerRows"/>: per value a byte that is 1 for null, then eight bytes for a number or time, one for a boolean, or a text in
/// UTF-8 with its length.
/// </summary>
internal sealed class WorkerRowWriter : IDisposable
{
    /// <summary>The largest row and, with the rows before it, the largest frame.</summary>
    public const int MaxRowBytes = 64 << 20;

    /// <summary>A frame is sent once it has this size: large enough for a pipe, small enough to be early.</summary>
    private const int FrameBytes = 64 << 10;

    private readonly MemoryStream _buffer = new();
    private readonly BinaryWriter _writer;

    public WorkerRowWriter() => _writer = new BinaryWriter(_buffer);

    public bool IsFull => _buffer.Length >= FrameBytes;

    public bool IsEmpty => _buffer.Length == 0;

    /// <summary>Appends the reader's current row.</summary>
    /// <exception cref="SqlLimitException">The row or one of its values is too large.</exception>
    public void Append(IReadOnlyList<Column> columns, System.Data.Common.DbDataReader row)
    {
        var start = _buffer.Length;
        for (var i = 0; i < columns.Count; i++)
        {
            var isNull = row.IsDBNull(i);
            _writer.Write(isNull);
            if (!isNull)
            {
                Append(columns[i].Kind, row, i);
            }

            if (_buffer.Length - start > MaxRowBytes / 2)
            {
                throw new SqlLimitException($"a row of the result has more than {MaxRowBytes >> 21} MB: select fewer columns, or shorten them.");
            }
        }
    }

    /// <summary>Returns the rows and empties the buffer. Valid until the next row is appended.</summary>
    public ReadOnlyMemory<byte> DetachRows()
    {
        var rows = _buffer.GetBuffer().AsMemory(0, (int)_buffer.Length);
        _buffer.SetLength(0);
        return rows;
    }

    public void Dispose() => _writer.Dispose();

    private void Append(ColumnKind kind, System.Data.Common.DbDataReader row, int ordinal)
    {
        switch (kind)
        {
            case ColumnKind.Integer or ColumnKind.Identifier:
                _writer.Write(row.GetInt64(ordinal));
                break;
            case ColumnKind.Number:
                _writer.Write(row.GetDouble(ordinal));
                break;
            case ColumnKind.Boolean:
                _writer.Write(row.GetBoolean(ordinal));
                break;
            case ColumnKind.Time:
                _writer.Write(row.GetDateTime(ordinal).Ticks);
                break;
            default:
                _writer.Write(row.GetString(ordinal));
                break;
        }
    }
}
