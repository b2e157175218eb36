using System.Globalization;
using CineLedger.Tests.Support;

namespace CineLedger.Tests.Loading.Corruption;

/// <summary>Movies that are missing, repeated or numbered differently. Apart from repetitions, the file alone does not show it: it may be another selection of movies.</summary>
internal static class RowDefects
{
    public static IEnumerable<Defect> All =>
    [
        Remove("a third of the movies missing", (_, random) => MovieTable.SelectShare(1.0 / 3, random)),
        Remove("a tenth of the movies missing", (_, random) => MovieTable.SelectShare(0.1, random)),
        Remove("a decade of the movies missing", (table, random) => table.SelectDecade(random)),
        Remove("all movies without a budget missing", (table, _) => row => row[table["budget"]] == "0"),
        Remove("all movies without votes missing", (table, _) => row => !NumberDefects.TryRead(row[table["vote_count"]], out var votes) || votes < 10),
        Remove("all dramas missing", (table, _) => row => row[table["genres"]].Contains("'Drama'", StringComparison.Ordinal)),
        Remove("the movies of the largest company missing", (table, _) => SelectLargestCompany(table)),
        new("the first half only") { Rows = (table, _) => table.Rows = table.Rows[..(table.Rows.Count / 2)] },
        new("every second movie missing") { Rows = (table, _) => table.Rows = [.. table.Rows.Where((_, place) => place % 2 == 0)] },

        // The same title, date and IMDb ID occur under two IDs.
        new("all movies repeated under new ids", "id") { IsEvident = true, Rows = (table, random) => Repeat(table, 1, random) },
        new("a tenth of the movies repeated under new ids", "id") { IsEvident = true, Rows = (table, random) => Repeat(table, 0.1, random) },

        // Two records for each movie contradict each other. The later one wins because it has one vote more.
        new("appended to itself with other budgets", "id", "budget") { IsEvident = true, Rows = (table, _) => AppendChanged(table, "budget", text => AmountDefects.Scale(text, 0.5m)) },
        new("appended to itself with other titles", "id", "title") { IsEvident = true, Rows = (table, _) => AppendChanged(table, "title", text => text + " 2") },

        // Numbers carry no meaning by themselves. If all ids are exchanged, every other column seems to be damaged.
        Renumber("ids renumbered", (_, place) => place + 1),
        Renumber("ids plus ten million", (id, _) => id + 10_000_000),
        Renumber("ids of a tenth plus ten million", (id, place) => place % 10 == 0 ? id + 10_000_000 : id),
        new("ids shifted by one row") { Rows = (table, _) => ColumnDefects.Shift(table, "id") },
        new("ids reversed") { Rows = (table, _) => table.SetValues("id", [.. table.GetValues("id").Reverse()]) },
        new("all columns but the id shifted by one row") { Rows = (table, _) => ShiftAll(table) },
    ];

    private static Defect Remove(string name, Func<MovieTable, Random, Func<string[], bool>> select) => new(name)
    {
        Rows = (table, random) =>
        {
            var isRemoved = select(table, random);
            table.Rows = [.. table.Rows.Where(row => !isRemoved(row))];
        },
    };

    private static Defect Renumber(string name, Func<long, int, long> renumber) => new(name, "id")
    {
        Rows = (table, _) => table.SetValues("id", [.. table.GetValues("id").Select((id, place) => Write(renumber(long.Parse(id, CultureInfo.InvariantCulture), place)))]),
    };

    private static void Repeat(MovieTable table, double share, Random random)
    {
        var id = table["id"];
        var next = table.Rows.Max(row => long.Parse(row[id], CultureInfo.InvariantCulture));
        var repeated = table.Rows.Where(MovieTable.SelectShare(share, random)).Select(row => row.Select((value, at) => at == id ? Write(++next) : value).ToArray()).ToList();
        table.Rows.AddRange(repeated);
    }

    private static void AppendChanged(MovieTable table, string column, Func<string, string> change)
    {
        var changed = table.Copy();
        changed.Change(column, change);
        changed.Change("vote_count", text => NumberDefects.TryRead(text, out var votes) ? NumberDefects.Write(votes + 1) : text);
        table.Rows.AddRange(changed.Rows);
    }

    private static void ShiftAll(MovieTable table)
    {
        foreach (var column in table.Columns.Where(column => column != "id"))
        {
            ColumnDefects.Shift(table, column);
        }
    }

    private static Func<string[], bool> SelectLargestCompany(MovieTable table)
    {
        var at = table["production_companies"];
        var largest = table.Rows.SelectMany(row => ListText.GetNames(row[at]).Distinct()).CountBy(name => name).MaxBy(pair => pair.Value).Key;
        return row => ListText.GetNames(row[at]).Contains(largest);
    }

    private static string Write(long id) => id.ToString(CultureInfo.InvariantCulture);
}
