using CineLedger.Model;
using CineLedger.Records;

namespace CineLedger.Cleaning;

/// <summary>Where the columns stand in a file beside the films, in whatever order and under names in any case.</summary>
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

    /// <summary>Whether lists are mere names, see <see cref="NameText"/>.</summary>
    public bool HaveNames { get; private init; }

    /// <summary>Columns that no rule reads.</summary>
    public IReadOnlyList<string> Unknown { get; }

    /// <summary>Where the needed column stands that was named as number <paramref name="index"/>.</summary>
    public int this[int index] => _places[index];

    /// <summary>True where the file has the needed columns and no other, in the order in which they were named.</summary>
    public bool AreInOrder => Count == _places.Length && _places.Select((place, i) => place == i).All(same => same);

    /// <summary>True of a record that has all columns. It may be wider by empty fields alone: spreadsheets pad rows.</summary>
    public bool Fit(RecordView record)
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
    /// Reads a header. <c>tmdb_id</c> and <c>movie_id</c> are other names of <c>id</c>. Throws <see cref="LedgerException"/> naming
    /// every needed column that is missing, and one that stands twice.
    /// </summary>
    public static FileColumns Read(IReadOnlyList<string> header, string file, params string[] needed)
    {
        var places = Enumerable.Repeat(-1, needed.Length).ToArray();
        var unknown = new List<string>();
        var hasId = header.Contains("id", StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < header.Count; i++)
        {
            var name = !hasId && (header[i].Equals("tmdb_id", StringComparison.OrdinalIgnoreCase) || header[i].Equals("movie_id", StringComparison.OrdinalIgnoreCase)) ? "id" : header[i];
            var place = Array.FindIndex(needed, other => other.Equals(name, StringComparison.OrdinalIgnoreCase));
            if (place >= 0 && places[place] >= 0)
            {
                throw new LedgerException($"{file}: the header has the column '{name}' twice; keep one of them and load again.");
            }

            if (place >= 0)
            {
                places[place] = i;
            }
            else if (name.Length > 0)
            {
                unknown.Add(name);
            }
        }

        var missing = needed.Where((_, i) => places[i] < 0).Select(name => $"'{name}'").ToList();
        return missing.Count == 0
            ? new FileColumns(places, header.Count, unknown) { HaveNames = NameText.IsIn(header) }
            : throw new LedgerException(
                $"{file}: the header lacks the needed column{(missing.Count > 1 ? "s" : "")} {string.Join(", ", missing)}; "
                + $"it has: {MovieColumns.Shorten(string.Join(", ", header))}.");
    }
}
