using CineLedger.Model;
using CineLedger.Records;

namespace CineLedger.Cleaning;

/// <summary>
/// Which number of a date such as <c>9/7/1988</c> is the day, as the file as a whole shows it: one date with a number above 12
/// decides for all that are written with the same separator; two that contradict each other decide nothing.
/// </summary>
public sealed class DateOrder
{
    private readonly bool[] _hasDayFirst = new bool[128];
    private readonly bool[] _hasDaySecond = new bool[128];

    /// <summary>True for day before month, false for month before day, null where the file does not say.</summary>
    public bool? IsDayFirst(byte separator) => (_hasDayFirst[separator], _hasDaySecond[separator]) switch
    {
        (true, false) => true,
        (false, true) => false,
        _ => null,
    };

    /// <summary>Takes in one date field.</summary>
    public void Observe(ReadOnlySpan<byte> text)
    {
        if (NumericDate.TryParse(text.Trim(" \t"u8), out var date) && !date.YearFirst)
        {
            _hasDayFirst[date.Separator] |= date.First is > 12 and <= 31 && date.Second <= 12;
            _hasDaySecond[date.Separator] |= date.Second is > 12 and <= 31 && date.First <= 12;
        }
    }

    /// <summary>Reads a whole file for its dates.</summary>
    /// <param name="batches">The file's records; disposed one by one. Broken records should be joined, so that they show their dates too.</param>
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
