namespace CineLedger.Tests.Loading.Corruption;

/// <summary>Titles, codes and words that are replaced or altered.</summary>
internal static class WordDefects
{
    private static readonly Dictionary<string, string> LanguageNames =
        new() { ["en"] = "English", ["fr"] = "French", ["it"] = "Italian", ["de"] = "German", ["es"] = "Spanish", ["ja"] = "Japanese", ["ru"] = "Russian" };

    public static IEnumerable<Defect> All =>
    [
        // Whole names of languages, lower-case words and one status for all movies also come from intact files.
        Change("languages as names", "original_language", code => LanguageNames.GetValueOrDefault(code, code)),
        Change("languages upper-case", "original_language", code => code.ToUpperInvariant()),
        Change("all languages French", "original_language", _ => "fr"),
        Change("status Rumored everywhere", "status", _ => "Rumored"),
        Change("titles upper-case", "title", title => title.ToUpperInvariant()),
        Change("titles without their article", "title", title => title.StartsWith("The ", StringComparison.Ordinal) ? title[4..] + ", The" : title),
        Change("titles cut to twelve characters", "title", title => title[..Math.Min(12, title.Length)]),
        Change("overviews cut to 100 characters", "overview", text => text[..Math.Min(100, text.Length)]),
        Change("IMDb ids without their prefix", "imdb_id", id => id.Replace("tt", "", StringComparison.Ordinal)),

        // Every movie has the same title or IMDb id.
        Change("all titles identical", "title", _ => "Toy Story") with { IsEvident = true },
        Change("all IMDb ids identical", "imdb_id", _ => "tt0114709") with { IsEvident = true },
        Change("titles are ids", "title", "id", id => id),
        Change("adult inverted", "adult", word => word == "True" ? "False" : "True"),
        Change("video inverted", "video", word => word == "True" ? "False" : "True"),
    ];

    private static Defect Change(string name, string column, Func<string, string> change) => Change(name, column, column, change);

    private static Defect Change(string name, string column, string source, Func<string, string> change) => new(name, column)
    {
        Rows = (table, _) => table.SetValues(column, [.. table.GetValues(source).Select(change)]),
    };
}
