using CineLedger.Model;
using CineLedger.Records;

namespace CineLedger.Cleaning;

/// <summary>
/// Determines from a whole file which number of a date such as <c>9/7/1988</c> is the day. A date with a number above 12 decides for all dates with the same
/// separator. If such dates contradict each other, the order remains unknown.
/// </summary>
public sealed class DateOrder
{
    private readonly bool[] _hasDayFirst = new bool[128];
    private readonly bool[] _hasDaySecond = new bool[128];

    /// <summary>Returns true for day before month, false for month before day, null if the order is unknown.</summary>
    public bool? IsDayFirst(byte separator) => (_hasDayFirst[separator], _hasDaySecond[separator]) switch
    {
        (true, false) => true,
        (false, true) => false,
        _ => null,
    };

    /// <summary>Processes one date field.</summary>
    public void Observe(ReadOnlySpan<byte> text)
    {
        if (NumericDate.TryParse(text.Trim(" \t"u8), out var date) && !date.YearFirst)
        {
            _hasDayFirst[date.Separator] |= date.First is > 12 and <= 31 && date.Second <= 12;
            _hasDaySecond[date.Separator] |= date.Second is > 12 and <= 31 && date.First <= 12;
        }
    }

    /// <summary>Determines the order from the dates of a whole file.</summary>
    /// <param name="batches">The file's records, which are disposed one by one. Split records should be joined, so that their dates are included.</param>
    /// <param name="columns">The file's columns.</param>
    public static async Task<DateOrder> ObserveAsync(IAsyncEnumerable<RecordBatch> batches, MovieColumns columns)
    {
        var order = new DateOrder();
        await foreach (var batch in batches.ConfigureAwait(false))
        {
            using (batch)
            {
                for (var i = 0; i < batch.Count; i++)
                {
                    var record = batch[i];
                    if (record.FieldCount >= columns.Count)
                    {
                        order.Observe(record[columns[MovieField.ReleaseDate]]);
                    }
                }
            }
        }

        return order;
    }
}
