using CineLedger.Tests.Support;

namespace CineLedger.Tests.Loading.Corruption;

/// <summary>Columns whose values are missing or belong to another column or movie.</summary>
internal static class ColumnDefects
{
    /// <summary>A movies file is useless without these, and in an intact one most movies have them, so their absence is evident.</summary>
    private static readonly string[] Essential =
        ["title", "release_date", "budget", "revenue", "runtime", "popularity", "vote_count", "vote_average", "genres", "production_companies"];

    /// <summary>Suppliers leave these out, so a file without their values may be intact.</summary>
    private static readonly string[] Optional = ["production_countries", "status", "imdb_id", "original_language", "overview"];

    private static readonly string[] Shifted =
        ["title", "release_date", "budget", "revenue", "runtime", "popularity", "vote_count", "vote_average", "genres", "production_companies", "imdb_id"];

    private static readonly string[] Sorted = ["title", "release_date", "budget", "revenue", "popularity", "vote_count", "genres"];

    /// <summary>
    /// Pairs of columns to swap. Values that cannot belong to the other column are evident: averages above 10, thousands of genres, budgets above revenues as a rule.
    /// </summary>
    private static readonly (string One, string Other, bool IsEvident)[] Swapped =
    [
        ("budget", "revenue", true),
        ("popularity", "vote_average", true),
        ("genres", "production_companies", true),
        ("runtime", "vote_count", true),
        ("vote_average", "vote_count", true),
        ("budget", "vote_count", true),
        ("revenue", "popularity", true),
        ("release_date", "status", true),
        ("id", "imdb_id", true),
        ("id", "budget", true),

        // Codes of countries and languages, words and texts have the same form.
        ("production_countries", "spoken_languages", false),
        ("status", "original_language", false),
        ("title", "original_title", false),
        ("title", "overview", false),
        ("tagline", "overview", false),
        ("imdb_id", "poster_path", false),
    ];

    public static IEnumerable<Defect> All =>
    [
        .. from column in Essential.Concat(Optional)
           select new Defect($"{column} emptied", column) { IsEvident = Essential.Contains(column), Rows = (table, _) => table.Change(column, _ => GetUnknown(column)) },

        // A decade of hundreds of movies without a single value, between decades with many, is evident. Undated movies belong to no decade.
        .. from column in Essential.Concat(Optional)
           select new Defect($"{column} emptied for a decade", column)
           {
               IsEvident = Essential.Contains(column) && column != "release_date",
               Rows = (table, random) => table.Change(column, _ => GetUnknown(column), table.SelectDecade(random)),
           },
        .. from pair in Swapped
           select new Defect($"{pair.One} and {pair.Other} swapped", pair.One, pair.Other) { IsEvident = pair.IsEvident, Rows = (table, _) => Swap(table, pair.One, pair.Other) },

        // Only a comparison with other sources shows that each value belongs to the next movie. A sorted column may come from a sorted file.
        .. from column in Shifted select new Defect($"{column} shifted by one row", column) { Rows = (table, _) => Shift(table, column) },
        .. from column in Sorted select new Defect($"{column} sorted", column) { Rows = (table, _) => Sort(table, column) },
    ];

    public static void Swap(MovieTable table, string one, string other)
    {
        var values = table.GetValues(one);
        table.SetValues(one, table.GetValues(other));
        table.SetValues(other, values);
    }

    /// <summary>Gives each movie the value of the movie before it, and the first one the last value.</summary>
    public static void Shift(MovieTable table, string column)
    {
        var values = table.GetValues(column);
        table.SetValues(column, [values[^1], .. values[..^1]]);
    }

    /// <summary>Returns what the dataset writes for an unknown value.</summary>
    private static string GetUnknown(string column) => column switch
    {
        "budget" or "revenue" => "0",
        "genres" or "production_companies" or "production_countries" or "spoken_languages" => "[]",
        _ => "",
    };

    private static void Sort(MovieTable table, string column) => table.SetValues(
        column, [.. table.GetValues(column).OrderBy(text => NumberDefects.TryRead(text, out var number) ? number : 0).ThenBy(text => text, StringComparer.Ordinal)]);
}
