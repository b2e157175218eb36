using System.Data.Common;
using System.Globalization;
using System.Text;
using Apache.Arrow;
using Apache.Arrow.Types;
using CineLedger.Reports;
using CineLedger.Storage.Reading;

namespace CineLedger.Export;

/// <summary>A column of a record batch under construction.</summary>
internal sealed class ArrowColumn(ColumnKind kind)
{
    private readonly StringArray.Builder _texts = new();
    private readonly Int64Array.Builder _integers = new();
    private readonly DoubleArray.Builder _numbers = new();
    private readonly TimestampArray.Builder _times = new(new TimestampType(TimeUnit.Microsecond, "UTC"));

    private readonly BooleanArray.Builder _booleans = new();

    /// <summary>Gets the Arrow type. Dates are text, because Arrow has no date for values outside the calendar.</summary>
    public IArrowType Type => kind switch
    {
        ColumnKind.Text or ColumnKind.Date => StringType.Default,
        ColumnKind.Number or ColumnKind.Exact => DoubleType.Default,
        ColumnKind.Boolean => BooleanType.Default,
        ColumnKind.Time => new TimestampType(TimeUnit.Microsecond, "UTC"),
        _ => Int64Type.Default,
    };

    /// <summary>Gets the approximate bytes of the texts in the batch.</summary>
    public int TextBytes { get; private set; }

    public void Append(DbDataReader row, int column)
    {
        var known = !row.IsDBNull(column);
        _ = kind switch
        {
            ColumnKind.Text when known && row is RowReader reader => AppendText(reader.GetUtf8(column)),
            ColumnKind.Text or ColumnKind.Date => known ? AppendText(Encoding.UTF8.GetBytes(row.GetString(column))) : _texts.AppendNull(),
            ColumnKind.Exact => known ? _numbers.Append(double.Parse(row.GetString(column), CultureInfo.InvariantCulture)) : _numbers.AppendNull(),
            ColumnKind.Boolean => known ? _booleans.Append(row.GetBoolean(column)) : _booleans.AppendNull(),
            ColumnKind.Number => (object)(known ? _numbers.Append(row.GetDouble(column)) : _numbers.AppendNull()),
            ColumnKind.Time => known
                ? _times.Append(new DateTimeOffset(DateTime.SpecifyKind(row.GetDateTime(column), DateTimeKind.Utc)))
                : _times.AppendNull(),
            _ => known ? _integers.Append(row.GetInteger(column)) : _integers.AppendNull(),
        };
    }

    /// <summary>Returns the values appended so far and clears the column.</summary>
    public IArrowArray BuildArray()
    {
        TextBytes = 0;
        switch (kind)
        {
            case ColumnKind.Text or ColumnKind.Date:
                var texts = _texts.Build();
                _texts.Clear();
                return texts;
            case ColumnKind.Boolean:
                var booleans = _booleans.Build();
                _booleans.Clear();
                return booleans;
            case ColumnKind.Number or ColumnKind.Exact:
                var numbers = _numbers.Build();
                _numbers.Clear();
                return numbers;
            case ColumnKind.Time:
                var times = _times.Build();
                _times.Clear();
                return times;
            default:
                var wholes = _integers.Build();
                _integers.Clear();
                return wholes;
        }
    }

    private StringArray.Builder AppendText(ReadOnlySpan<byte> text)
    {
        TextBytes += text.Length;
        return _texts.Append(text);
    }
}
