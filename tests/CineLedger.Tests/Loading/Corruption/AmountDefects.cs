using System.Globalization;
using CineLedger.Tests.Support;

namespace CineLedger.Tests.Loading.Corruption;

/// <summary>Budgets and revenues in another unit, or replaced by other numbers.</summary>
internal static class AmountDefects
{
    private static readonly string[] Both = ["budget", "revenue"];

    /// <summary>Units that are evident from the amounts: the median is below 100,000 dollars, or the largest above 100 billion.</summary>
    private static readonly (string Name, decimal Factor)[] Units = [("thousands", 0.001m), ("millions", 0.000001m), ("cents", 100)];

    public static IEnumerable<Defect> All =>
    [
        .. from unit in Units
           from columns in (string[][])[["budget"], ["revenue"], Both]
           select new Defect($"{string.Join(" and ", columns)} in {unit.Name}", columns) { IsEvident = true, Rows = (table, _) => Multiply(table, columns, unit.Factor) },

        // A decade of small productions is possible; amounts of a few dollars, or of billions for every movie, are not.
        .. from unit in Units
           select new Defect($"amounts of a decade in {unit.Name}", Both)
           {
               IsEvident = unit.Name is "millions" or "cents",
               Rows = (table, random) => Multiply(table, Both, unit.Factor, table.SelectDecade(random)),
           },
        new("amounts in yen", Both) { IsEvident = true, Rows = (table, _) => Multiply(table, Both, 110) },
        new("amounts in euros", Both) { Rows = (table, _) => Multiply(table, Both, 0.9m) },

        // 56 to 80 % of the known budgets are the same number.
        new("unknown budgets are 1", "budget") { IsEvident = true, Rows = (table, _) => table.Change("budget", text => text == "0" ? "1" : text) },
        .. from column in Both select new Defect($"unknown {column}s are the mean", column) { IsEvident = true, Rows = (table, _) => FillWithMean(table, column) },

        // No movie makes a profit or a loss.
        new("budget is the revenue", "budget") { IsEvident = true, Rows = (table, _) => table.SetValues("budget", table.GetValues("revenue")) },
        new("revenue is the budget", "revenue") { IsEvident = true, Rows = (table, _) => table.SetValues("revenue", table.GetValues("budget")) },
        new("budgets negative", "budget") { IsEvident = true, Rows = (table, _) => table.Change("budget", text => text == "0" ? text : "-" + text) },

        // Rounded amounts may be all that a supplier has.
        new("revenues rounded to millions", "revenue") { Rows = (table, _) => table.Change("revenue", text => Scale(Scale(text, 0.000001m), 1_000_000)) },
        new("a third of the budgets unknown", "budget") { Rows = (table, random) => table.Change("budget", _ => "0", MovieTable.SelectShare(1.0 / 3, random)) },
    ];

    /// <summary>Multiplies an amount above zero, rounds it to a whole number and leaves at least 1.</summary>
    public static string Scale(string text, decimal factor) => NumberDefects.TryRead(text, out var amount) && amount > 0
        ? Math.Max(1, Math.Round(amount * factor)).ToString(CultureInfo.InvariantCulture)
        : text;

    private static void Multiply(MovieTable table, string[] columns, decimal factor, Func<string[], bool>? where = null)
    {
        foreach (var column in columns)
        {
            table.Change(column, text => Scale(text, factor), where);
        }
    }

    private static void FillWithMean(MovieTable table, string column)
    {
        var mean = table.GetValues(column).Select(text => NumberDefects.TryRead(text, out var amount) ? amount : 0).Where(amount => amount > 0).Average();
        table.Change(column, text => text == "0" ? Math.Round(mean).ToString(CultureInfo.InvariantCulture) : text);
    }
}
