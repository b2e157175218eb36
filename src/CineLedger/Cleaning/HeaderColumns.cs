using CineLedger.Model;
using CineLedger.Sources;

namespace CineLedger.Cleaning;

/// <summary>The columns of a header.</summary>
/// <param name="Positions">The position of each known column, by the ledger's name.</param>
/// <param name="Dollars">The dollars in the unit that a name gives, by the ledger's name: 1,000,000 for <c>Budget (Millions)</c>.</param>
/// <param name="Unknown">The names of columns that are not read, as in the file.</param>
internal sealed record HeaderColumns(Dictionary<string, int> Positions, Dictionary<string, int> Dollars, IReadOnlyList<string> Unknown)
{
    /// <summary>
    /// Reads a header. Names are compared ignoring case, spaces, hyphens and underscores; the layout defines alternative names. Throws
    /// <see cref="LedgerException"/> if required columns are missing, listing all of them, or if a column occurs twice.
    /// </summary>
    public static HeaderColumns Read(
        IReadOnlyList<string> header, string file, SupplierLayout layout, IReadOnlyCollection<string> required, IReadOnlyCollection<string> optional)
    {
        List<ColumnName> names = [.. header.Select(ColumnName.Parse)];
        var columns = new HeaderColumns([], [], []);
        foreach (var column in required.Concat(optional))
        {
            var compact = ColumnName.Parse(column).Compact;
            columns.Add(column, header, names, [.. Find(name => name.Compact == compact)], file);
            foreach (var alias in layout.GetAliases(column).TakeWhile(_ => !columns.Positions.ContainsKey(column)))
            {
                columns.Add(column, header, names, [.. Find(name => name.Text == alias)], file);
            }
        }

        var missing = required.Where(name => !columns.Positions.ContainsKey(name)).Select(name => DescribeColumn(name, layout)).ToList();
        if (missing.Count > 0)
        {
            throw new LedgerException(
                $"{file}: the header lacks the required column{(missing.Count > 1 ? "s" : "")} {string.Join(", ", missing)}; "
                + $"its columns are: {Truncate(string.Join(", ", header))}.");
        }

        // Names are empty at the end of a header row padded by a spreadsheet, and for the index column of pandas.
        return columns with { Unknown = [.. Find(name => name.Text.Length > 0).Except(columns.Positions.Values).Select(place => header[place])] };

        IEnumerable<int> Find(Func<ColumnName, bool> matches) => Enumerable.Range(0, names.Count).Where(place => matches(names[place]));
    }

    /// <summary>Adds the column at one of several places. If another column of the same name has a unit, the column without a unit is used.</summary>
    private void Add(string column, IReadOnlyList<string> header, List<ColumnName> names, List<int> places, string file)
    {
        if (places.Count > 1)
        {
            places = places.FindAll(place => !names[place].HasUnit) is { Count: > 0 } plain ? plain : places;
        }

        if (places.Count > 1)
        {
            throw new LedgerException($"{file}: the header contains the column '{header[places[^1]]}' twice. Remove one of them and load again.");
        }

        if (places is [var place])
        {
            Positions[column] = place;
            Dollars[column] = names[place].Dollars;
        }
    }

    private static string DescribeColumn(string column, SupplierLayout layout) =>
        layout.GetAliases(column).ToList() is { Count: > 0 } others ? $"'{column}' (or {string.Join(" or ", others.Select(other => $"'{other}'"))})" : $"'{column}'";

    private static string Truncate(string text) => text.Length <= 400 ? text : string.Concat(text.AsSpan(0, 400), " …");
}
