using CineLedger.Model;
using CineLedger.Records;
using CineLedger.Sources;

namespace CineLedger.Cleaning;

/// <summary>Where the columns stand in a file beside the movies, in whatever order and under names in any case.</summary>
internal sealed class FileColumns
{
    private readonly int[] _places;

    private FileColumns(int[] places, int count, IReadOnlyList<string> unknown)
    {
        _places = places;
        Count = count;
        Unknown = unknown;
    }

    /// <summary>Columns of the file, unknown ones included.</summary>
    public int Count { get; }

    /// <summary>How lists are written.</summary>
    public ListNotation Lists { get; private init; }

    /// <summary>Columns that no rule reads.</summary>
    public IReadOnlyList<string> Unknown { get; }

    /// <summary>Where the needed column stands that was named as number <paramref name="index"/>.</summary>
    public int this[int index] => _places[index];

    /// <summary>True where the file has the needed columns and no other, in the order in which they were named.</summary>
    public bool IsInOrder => Count == _places.Length && _places.Select((place, i) => place == i).All(same => same);

    /// <summary>True of a record that has all columns. It may be wider by empty fields alone: spreadsheets pad rows.</summary>
    public bool Matches(RecordView record)
    {
        for (var i = Count; i < record.FieldCount; i++)
        {
            if (!record[i].IsEmpty)
            {
                return false;
            }
        }

        return record.FieldCount >= Count;
    }

    /// <summary>
    /// Reads the header of a file that is, or stands for, one file of the dataset. Throws <see cref="LedgerException"/> as
    /// <see cref="HeaderColumns.Read"/> does.
    /// </summary>
    public static FileColumns Read(IReadOnlyList<string> header, string file, string kind, params string[] needed)
    {
        var columns = HeaderColumns.Read(header, file, SupplierLayout.For(kind, header), needed, []);

        // Keywords may stand in a table of movies, whose layout then says how lists are written.
        return new FileColumns([.. needed.Select(name => columns.Places[name])], header.Count, columns.Unknown)
        {
            Lists = SupplierLayout.Find(header)?.Lists ?? ListNotation.Literal,
        };
    }
}
