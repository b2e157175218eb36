using CineLedger.Model;
using CineLedger.Sources;

namespace CineLedger.Cleaning;

/// <summary>The columns of a header.</summary>
/// <param name="Positions">The position of each known column, by the ledger's name, case-insensitively.</param>
/// <param name="Unknown">The names of columns that are not read, as in the file.</param>
internal sealed record HeaderColumns(Dictionary<string, int> Positions, IReadOnlyList<string> Unknown)
{
    /// <summary>
    /// Reads a header. Names are compared case-insensitively; the layout defines alternative names. Throws <see cref="LedgerException"/> if required columns are
    /// missing, listing all of them, or if a column occurs twice.
    /// </summary>
    public static HeaderColumns Read(
        IReadOnlyList<string> header, string file, SupplierLayout layout, IReadOnlyCollection<string> required, IReadOnlyCollection<string> optional)
    {
        var positions = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        var unknown = new List<string>();
        for (var i = 0; i < header.Count; i++)
        {
            var name = layout.Aliases.TryGetValue(header[i], out var own) && !header.Contains(own, StringComparer.OrdinalIgnoreCase) ? own : header[i];
            if (!required.Contains(name, StringComparer.OrdinalIgnoreCase) && !optional.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                // Names are empty at the end of a header row padded by a spreadsheet, and for the index column of pandas.
                if (name.Length > 0)
                {
                    unknown.Add(name);
                }
            }
            else if (!positions.TryAdd(name, i))
            {
                throw new LedgerException($"{file}: the header contains the column '{name}' twice. Remove one of them and load again.");
            }
        }

        var missing = required.Where(name => !positions.ContainsKey(name)).Select(name => DescribeColumn(name, layout)).ToList();
        return missing.Count == 0
            ? new HeaderColumns(positions, unknown)
            : throw new LedgerException(
                $"{file}: the header lacks the required column{(missing.Count > 1 ? "s" : "")} {string.Join(", ", missing)}; "
                + $"its columns are: {Truncate(string.Join(", ", header))}.");
    }

    private static string DescribeColumn(string column, SupplierLayout layout) =>
        layout.GetAliases(column).ToList() is { Count: > 0 } others ? $"'{column}' (or {string.Join(" or ", others.Select(other => $"'{other}'"))})" : $"'{column}'";

    private static string Truncate(string text) => text.Length <= 400 ? text : string.Concat(text.AsSpan(0, 400), " …");
}
