using CineLedger.Model;
using CineLedger.Records;

namespace CineLedger.Cleaning;

/// <summary>
/// How the columns of a file write dates and numbers, determined from all values of the file. It is needed only for texts that are ambiguous on their own, so most
/// files are never scanned for it.
/// </summary>
public sealed class ValueNotations
{
    private readonly DecimalMark?[] _marks = [.. MovieField.All.Select(field => IsNumber(field) ? new DecimalMark() : null)];

    /// <summary>Which number of a date is the day.</summary>
    public DateOrder Dates { get; private init; } = new();

    /// <summary>The decimal mark of a column of numbers, by its index in <see cref="MovieField.All"/>.</summary>
    internal DecimalMark GetMark(int field) => _marks[field]!;

    /// <summary>Determines the notations from the values of a whole file.</summary>
    /// <param name="batches">The file's records, which are disposed one by one. Split records should be joined, so that their values are included.</param>
    /// <param name="columns">The file's columns.</param>
    public static async Task<ValueNotations> ObserveAsync(IAsyncEnumerable<RecordBatch> batches, MovieColumns columns)
    {
        var notations = new ValueNotations { Dates = new() { IsMonthFirstByLayout = columns.IsMonthFirst } };
        await foreach (var batch in batches.ConfigureAwait(false))
        {
            using (batch)
            {
                for (var i = 0; i < batch.Count; i++)
                {
                    var record = batch[i];
                    if (record.FieldCount >= columns.Count)
                    {
                        notations.Observe(record, columns);
                    }
                }
            }
        }

        return notations;
    }

    private void Observe(RecordView record, MovieColumns columns)
    {
        Dates.Observe(record[columns[MovieField.ReleaseDate]]);
        for (var i = 0; i < _marks.Length; i++)
        {
            _marks[i]?.Observe(record[columns.FieldIndexes[i]]);
        }
    }

    private static bool IsNumber(MovieField field) => field.Kind is MovieFieldKind.Amount or MovieFieldKind.Minutes or MovieFieldKind.Count or MovieFieldKind.Decimal;
}
