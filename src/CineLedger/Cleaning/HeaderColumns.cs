using CineLedger.Model;
using CineLedger.Sources;

namespace CineLedger.Cleaning;

/// <summary>The columns of a header.</summary>
/// <param name="Places">Where each known column stands, by the ledger's name; letter case aside.</param>
/// <param name="Unknown">Columns that no rule reads, as the file names them.</param>
internal sealed record HeaderColumns(Dictionary<string, int> Places, IReadOnlyList<string> Unknown)
{
    /// <summary>
    /// Reads a header. Names are compared without case; the layout says which other names columns have. Throws <see cref="LedgerException"/> naming
    /// every needed column that is missing, and a column that stands twice.
    /// </summary>
    public static HeaderColumns Read(
        IReadOnlyList<string> header, string file, SupplierLayout layout, IReadOnlyCollection<string> needed, IReadOnlyCollection<string> optional)
    {
        var places = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        var unknown = new List<string>();
        for (var i = 0; i < header.Count; i++)
        {
            var name = layout.Aliases.TryGetValue(header[i], out var own) && !header.Contains(own, StringComparer.OrdinalIgnoreCase) ? own : header[i];
            if (!needed.Contains(name, StringComparer.OrdinalIgnoreCase) && !optional.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                // A header row that a spreadsheet has padded ends in empty names, and pandas' index column has none either.
                if (name.Length > 0)
                {
                    unknown.Add(name);
                }
            }
            else if (!places.TryAdd(name, i))
            {
                throw new LedgerException($"{file}: the header has the column '{name}' twice; keep one of them and load again.");
            }
        }

        var missing = needed.Where(name => !places.ContainsKey(name)).Select(name => Named(name, layout)).ToList();
        return missing.Count == 0
            ? new HeaderColumns(places, unknown)
            : throw new LedgerException(
                $"{file}: the header lacks the needed column{(missing.Count > 1 ? "s" : "")} {string.Join(", ", missing)}; "
                + $"it has: {Shorten(string.Join(", ", header))}.");
    }

    private static string Named(string column, SupplierLayout layout) =>
        layout.AliasesOf(column).ToList() is { Count: > 0 } others ? $"'{column}' (or {string.Join(" or ", others.Select(other => $"'{other}'"))})" : $"'{column}'";

    private static string Shorten(string text) => text.Length <= 400 ? text : string.Concat(text.AsSpan(0, 400), " …");
}
