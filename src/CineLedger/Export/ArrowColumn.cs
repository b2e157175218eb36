using System.Data.Common;
using Apache.Arrow;
using Apache.Arrow.Types;
using CineLedger.Reports;
using CineLedger.Storage.DuckDb;

namespace CineLedger.Export;

/// <summary>One column of a record batch while its values come in.</summary>
internal sealed class ArrowColumn(ColumnKind kind)
{
    private readonly StringArray.Builder _texts = new();
    private readonly Int64Array.Builder _wholes = new();
    private readonly DoubleArray.Builder _numbers = new();
    private readonly TimestampArray.Builder _times = new(new TimestampType(TimeUnit.Microsecond, "UTC"));

    public IArrowType Type => kind switch
    {
        ColumnKind.Text => StringType.Default,
        ColumnKind.Number => DoubleType.Default,
        ColumnKind.Time => new TimestampType(TimeUnit.Microsecond, "UTC"),
        _ => Int64Type.Default,
    };

    public void Append(DbDataReader row, int column)
    {
        var known = !row.IsDBNull(column);
        _ = kind switch
        {
            ColumnKind.Text when known && row is ChunkReader chunk => _texts.Append(chunk.GetUtf8(column)),
            ColumnKind.Text => known ? _texts.Append(row.GetString(column)) : _texts.AppendNull(),
            ColumnKind.Number => (object)(known ? _numbers.Append(row.GetDouble(column)) : _numbers.AppendNull()),
            ColumnKind.Time => known
                ? _times.Append(new DateTimeOffset(DateTime.SpecifyKind(row.GetDateTime(column), DateTimeKind.Utc)))
                : _times.AppendNull(),
            _ => known ? _wholes.Append(row.GetWhole(column)) : _wholes.AppendNull(),
        };
    }

    /// <summary>The values so far; begins anew.</summary>
    public IArrowArray Take()
    {
        switch (kind)
        {
            case ColumnKind.Text:
                var texts = _texts.Build();
                _texts.Clear();
                return texts;
            case ColumnKind.Number:
                var numbers = _numbers.Build();
                _numbers.Clear();
                return numbers;
            case ColumnKind.Time:
                var times = _times.Build();
                _times.Clear();
                return times;
            default:
                var wholes = _wholes.Build();
                _wholes.Clear();
                return wholes;
        }
    }
}
