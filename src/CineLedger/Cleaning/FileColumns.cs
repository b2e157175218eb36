using CineLedger.Model;
using CineLedger.Records;
using CineLedger.Sources;

namespace CineLedger.Cleaning;

/// <summary>The column positions in a file of related data. Columns may be in any order, with names in any case.</summary>
internal sealed class FileColumns
{
    private readonly int[] _positions;
    private readonly int _genres;

    private FileColumns(SupplierLayout layout, string[] required, int[] places, int genres, int count, IReadOnlyList<string> unknown)
    {
        (Layout, Required) = (layout, required);
        _positions = places;
        _genres = genres;
        Count = count;
        Unknown = unknown;
    }

    public SupplierLayout Layout { get; }

    /// <summary>The names of the required columns.</summary>
    public string[] Required { get; }

    /// <summary>The number of columns in the file, including unknown ones.</summary>
    public int Count { get; }

    /// <summary>The notation of the column of names: literals until it has been determined.</summary>
    public ListForm Names { get; private init; }

    /// <summary>The names of columns that are not read.</summary>
    public IReadOnlyList<string> Unknown { get; }

    /// <summary>The position of a required column, by its index in the list of required columns.</summary>
    public int this[int index] => _positions[index];

    /// <summary>True if the file has exactly the required columns, in their order.</summary>
    public bool HasExactColumns => Count == _positions.Length && _positions.Select((place, i) => place == i).All(same => same);

    /// <summary>Returns true if the record has all columns and, beyond the header, only empty fields, since spreadsheets pad rows.</summary>
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
    /// Reads the header of a file that is one of the dataset's files, or contains its columns. Throws <see cref="LedgerException"/> like
    /// <see cref="HeaderColumns.Read"/>.
    /// </summary>
    public static FileColumns Read(IReadOnlyList<string> header, string file, string kind, params string[] required)
    {
        var layout = SupplierLayout.FindForFile(kind, header);
        var columns = HeaderColumns.Read(header, file, layout, required, kind == DatasetFiles.Keywords ? ["genres"] : []);
        int[] positions = [.. required.Select(name => columns.Positions[name])];
        return new FileColumns(layout, required, positions, columns.Positions.GetValueOrDefault("genres", -1), header.Count, columns.Unknown);
    }

    /// <summary>Returns the same columns with the notation of one of them, determined from the beginning of the file and from genres in the same file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="index">The column, by its index in the list of required columns.</param>
    public async Task<FileColumns> DetermineNamesAsync(LookaheadStream file, int index, CancellationToken cancellationToken)
    {
        var found = await ListNotationSample.ReadCsvAsync(file, Count, [_genres, _positions[index]], cancellationToken).ConfigureAwait(false);
        return new(Layout, Required, _positions, _genres, Count, Unknown) { Names = found[1] };
    }
}
