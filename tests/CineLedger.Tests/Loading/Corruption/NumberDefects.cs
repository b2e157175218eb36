using System.Globalization;
using CineLedger.Tests.Support;

namespace CineLedger.Tests.Loading.Corruption;

/// <summary>Runtimes, popularities and votes in another unit.</summary>
internal static class NumberDefects
{
    public static IEnumerable<Defect> All =>
    [
        // The median runtime is 1.6 minutes, 5,700 minutes or 950 minutes.
        new("runtime in hours", "runtime") { IsEvident = true, Rows = (table, _) => Multiply(table, "runtime", 1 / 60m) },
        new("runtime in seconds", "runtime") { IsEvident = true, Rows = (table, _) => Multiply(table, "runtime", 60) },
        new("runtime times ten", "runtime") { IsEvident = true, Rows = (table, _) => Multiply(table, "runtime", 10) },
        new("runtime of a decade in seconds", "runtime") { IsEvident = true, Rows = (table, random) => Multiply(table, "runtime", 60, table.SelectDecade(random)) },
        new("all runtimes 90", "runtime") { IsEvident = true, Rows = (table, _) => table.Change("runtime", _ => "90.0") },

        // Popularity has no fixed scale, and votes may come from a larger community.
        new("popularity times a thousand", "popularity") { Rows = (table, _) => Multiply(table, "popularity", 1000) },
        new("popularity of a decade times a thousand", "popularity") { Rows = (table, random) => Multiply(table, "popularity", 1000, table.SelectDecade(random)) },
        new("popularity is a rank", "popularity") { Rows = (table, _) => Rank(table, "popularity") },
        new("popularity is the vote count", "popularity") { Rows = (table, _) => table.SetValues("popularity", table.GetValues("vote_count")) },
        new("vote counts times ten", "vote_count") { Rows = (table, _) => Multiply(table, "vote_count", 10) },
        new("vote counts divided by ten", "vote_count") { Rows = (table, _) => table.Change("vote_count", text => TryRead(text, out var votes) ? Write(Math.Floor(votes / 10)) : text) },
        new("vote counts of a decade times ten", "vote_count") { Rows = (table, random) => Multiply(table, "vote_count", 10, table.SelectDecade(random)) },
        new("vote counts zero", "vote_count") { Rows = (table, _) => table.Change("vote_count", _ => "0") },

        // Averages above 10 do not exist; averages of up to 5 do.
        new("vote averages times ten", "vote_average") { IsEvident = true, Rows = (table, _) => Multiply(table, "vote_average", 10) },
        new("vote averages halved", "vote_average") { Rows = (table, _) => Multiply(table, "vote_average", 0.5m) },
        new("vote averages reversed", "vote_average") { Rows = (table, _) => table.Change("vote_average", text => TryRead(text, out var mean) && mean > 0 ? Write(10 - mean) : text) },
        new("vote averages zero", "vote_average") { Rows = (table, _) => table.Change("vote_average", _ => "0.0") },
    ];

    public static bool TryRead(string text, out decimal number) => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);

    public static string Write(decimal number) => number.ToString("0.######", CultureInfo.InvariantCulture);

    private static void Multiply(MovieTable table, string column, decimal factor, Func<string[], bool>? where = null) =>
        table.Change(column, text => TryRead(text, out var number) ? Write(number * factor) : text, where);

    private static void Rank(MovieTable table, string column)
    {
        var values = table.GetValues(column).Select(text => TryRead(text, out var number) ? number : 0).ToList();
        var ranks = values.OrderDescending().Distinct().Select((value, rank) => (value, rank)).ToDictionary(pair => pair.value, pair => pair.rank + 1);
        table.SetValues(column, [.. values.Select(value => Write(ranks[value]))]);
    }
}
