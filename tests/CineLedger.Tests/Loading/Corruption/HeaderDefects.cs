using CineLedger.Tests.Support;

namespace CineLedger.Tests.Loading.Corruption;

/// <summary>A header that names other columns than the records have.</summary>
internal static class HeaderDefects
{
    private static readonly string[] Optional =
    [
        "title", "release_date", "budget", "revenue", "popularity", "genres", "production_companies", "runtime", "vote_count", "original_title", "imdb_id", "overview", "belongs_to_collection", "production_countries", "poster_path",
    ];

    /// <summary>Pairs of names to swap. Values that cannot belong to the other column are evident.</summary>
    private static readonly (string One, string Other, bool IsEvident)[] Swapped =
    [
        ("budget", "runtime", true),
        ("release_date", "imdb_id", true),
        ("genres", "title", true),
        ("title", "tagline", false),
        ("genres", "spoken_languages", false),
    ];

    public static IEnumerable<Defect> All =>
    [
        Rename("id") with { IsEvident = true },

        // A file without these columns, and with others that are not read, may be intact.
        .. from column in Optional select Rename(column),
        .. from column in (string[])["runtime", "overview"] select new Defect($"column {column} dropped", column) { Rows = (table, _) => Drop(table, column) },
        .. from pair in Swapped
           select new Defect($"header names {pair.One} and {pair.Other} swapped", pair.One, pair.Other)
           {
               IsEvident = pair.IsEvident,
               Rows = (table, _) => (table.Columns[table[pair.One]], table.Columns[table[pair.Other]]) = (pair.Other, pair.One),
           },
        new("header missing") { IsEvident = true, Records = (records, _) => records.RemoveAt(0) },
        new("header names shifted by one") { IsEvident = true, Rows = (table, _) => ShiftNames(table) },
        new("header without its first name") { IsEvident = true, Records = (records, _) => records[0] = records[0][(records[0].IndexOf(',', StringComparison.Ordinal) + 1)..] },

        // These are harmless: the movies must be the same, or the load must stop.
        new("header repeated every 400 records") { IsEvident = true, Records = (records, _) => Repeat(records, 400) },
        new("columns in another order") { IsEvident = true, Rows = (table, random) => Reorder(table, random) },
        new("names in upper case") { IsEvident = true, Records = (records, _) => records[0] = records[0].ToUpperInvariant() },
        new("an index column added") { IsEvident = true, Records = (records, _) => AddIndex(records) },
    ];

    private static Defect Rename(string column) => new($"header name {column} changed", column) { Rows = (table, _) => table.Columns[table[column]] = "x_" + column + "_x" };

    private static void Drop(MovieTable table, string column)
    {
        var at = table[column];
        table.Columns.RemoveAt(at);
        table.Rows = [.. table.Rows.Select(row => (string[])[.. row[..at], .. row[(at + 1)..]])];
    }

    private static void ShiftNames(MovieTable table)
    {
        table.Columns.Insert(0, table.Columns[^1]);
        table.Columns.RemoveAt(table.Columns.Count - 1);
    }

    private static void Repeat(List<string> records, int distance)
    {
        for (var at = records.Count - 1; at > 0; at--)
        {
            if (at % distance == 0)
            {
                records.Insert(at, records[0]);
            }
        }
    }

    private static void Reorder(MovieTable table, Random random)
    {
        var order = Enumerable.Range(0, table.Columns.Count).ToArray();
        random.Shuffle(order);
        var columns = order.Select(at => table.Columns[at]).ToList();
        table.Rows = [.. table.Rows.Select(row => order.Select(at => row[at]).ToArray())];
        table.Columns.Clear();
        table.Columns.AddRange(columns);
    }

    private static void AddIndex(List<string> records)
    {
        for (var at = 0; at < records.Count; at++)
        {
            records[at] = at == 0 ? "," + records[at] : FormattableString.Invariant($"{at - 1},{records[at]}");
        }
    }
}
