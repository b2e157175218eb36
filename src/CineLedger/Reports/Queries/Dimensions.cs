using CineLedger.Model;
using CineLedger.Storage.Schema;

namespace CineLedger.Reports.Queries;

/// <summary>All dimensions, by the names that users enter.</summary>
public static class Dimensions
{
    private static readonly LinkTable StudioLinks = new("movie_company", "studio_id", "studio", "name") { Query = StudioSql.BuildLinks };

    /// <summary>The values of <c>weekday</c>, in their order; the key of Monday is 1.</summary>
    public static IReadOnlyList<string> Weekdays { get; } = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

    public static IReadOnlyList<Dimension> All { get; } =
    [
        CreateTime("year", "year of the release date", ValueForm.Year, year => year),
        CreateTime(
            "quarter",
            "quarter of the release date, such as 2015-Q3",
            ValueForm.Quarter,
            year => $"{year} * 4 + CASE WHEN m.release_month <= 3 THEN 0 WHEN m.release_month <= 6 THEN 1 WHEN m.release_month <= 9 THEN 2 WHEN m.release_month <= 12 THEN 3 END"),
        CreateTime("month", "month of the release date, such as 2015-07", ValueForm.Month, year => $"{year} * 12 + m.release_month - 1"),
        CreateTime("month_of_year", "month of the year, 1 to 12; filter by number or name", ValueForm.MonthOfYear, _ => "m.release_month"),
        CreateTime(
            "weekday",
            "day of the week of the release date; filter by name or 1 (Monday) to 7",
            ValueForm.Weekday,
            _ => "CAST(EXTRACT(ISODOW FROM m.release_date) AS INTEGER)"),
        CreateTime("decade", "decade of the release date, given as its first year", ValueForm.Decade, year => $"{year} - {year} % 10"),
        CreateLinked("company", "production company", new("movie_company", "company_id", "company", "name") { Count = "company_count" }),
        CreateLinked("studio", "studio that owned one of the companies on the release date", StudioLinks),
        CreateLinked("genre", "genre", new("movie_genre", "genre_id", "genre", "name") { Count = "genre_count" }),
        CreateLinked("country", "production country; filter by name or ISO code", new("movie_country", "country_id", "country", "name")
        {
            AlternativeLabels = ["code"], Disambiguator = "code",
        }),
        CreateOwn("language", "original language, by ISO code"),
        CreateLinked(
            "spoken_language",
            "spoken language, by ISO code; filter by code or name",
            new("movie_language", "language_id", "language", "code") { AlternativeLabels = ["name"] }),
        CreateOwn("collection", "collection that the movie belongs to"),
        CreateOwn("collection", "whether the movie belongs to a collection: yes or no") with
        {
            Name = "in_collection", Form = ValueForm.YesNo, Key = _ => "CASE WHEN m.collection IS NULL THEN 'no' ELSE 'yes' END",
        },
        CreateOwn("status", "status: Released, Rumored …"),
        CreateLinked("director", "director", CreatePersonLinks("x.credit = 'crew' AND x.job = 'Director'")),
        CreateLinked("actor", "one of the first three billed actors", CreatePersonLinks("x.credit = 'cast' AND x.position < 3")),
        CreateLinked("keyword", "keyword", new("movie_keyword", "keyword_id", "keyword", "name") { IsVersioned = true }),
    ];

    private static readonly Dimension CompanyAsStudio = Find("company", "--by") with { Name = "studio" };

    /// <summary>Returns the dimension <c>studio</c> with companies in place of studios, and any other dimension unchanged.</summary>
    internal static Dimension CountCompanies(Dimension dimension) => dimension is { Name: "studio" } ? CompanyAsStudio : dimension;

    /// <summary>Finds a dimension by name. Throws <see cref="UsageException"/> with the nearest names when it does not exist.</summary>
    /// <param name="name">The name that the user entered.</param>
    /// <param name="option">The option named in the error.</param>
    public static Dimension Find(string name, string option) =>
        All.FirstOrDefault(dimension => dimension.Name == ToName(name))
        ?? throw new UsageException($"{option}: there is no dimension '{name}'{NearestNames.BuildHint(name, All.Select(dimension => dimension.Name))}");

    /// <summary>Returns the name of a dimension or field as it is listed: letter case does not matter, nor whether its words are joined by hyphens.</summary>
    internal static string ToName(string text) => text.ToLowerInvariant().Replace('-', '_');

    private static Dimension CreateTime(string name, string meaning, ValueForm form, Func<string, string> key) =>
        new() { Name = name, Meaning = meaning, Form = form, IsTime = true, Key = key };

    private static Dimension CreateOwn(string column, string meaning) =>
        new() { Name = column, Meaning = meaning, Form = ValueForm.Text, Column = column, Key = _ => $"m.{column}" };

    private static Dimension CreateLinked(string name, string meaning, LinkTable links) =>
        new() { Name = name, Meaning = meaning, Form = ValueForm.Text, Links = links };

    private static LinkTable CreatePersonLinks(string condition) =>
        new("movie_person", "person_id", "person", "name") { IsVersioned = true, Condition = condition, Disambiguator = "source_id" };
}
