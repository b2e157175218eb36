using CineLedger.Reports;

namespace CineLedger.Web.Dashboard.Companies;

/// <summary>What companies are ranked and compared by.</summary>
internal static class CompanyMeasures
{
    public static readonly IReadOnlyList<(string Name, string Title, Unit Unit)> All =
    [
        ("revenue", "Revenue", Unit.Money), ("budget", "Budget", Unit.Money), ("matched_profit", "Matched profit", Unit.Money), ("profit", "Profit", Unit.Money),
        ("roi", "Return on budget", Unit.Percent), ("releases", "Films", Unit.Count), .. Popularities,
    ];

    private static (string, string, Unit)[] Popularities =>
    [
        (ReportWords.Of(Popularity.Popularity), "TMDB popularity", Unit.Measure), (ReportWords.Of(Popularity.VoteAverage), "Mean vote", Unit.Measure),
        (ReportWords.Of(Popularity.VoteCount), "Number of votes", Unit.Measure), (ReportWords.Of(Popularity.Weighted), "Weighted vote", Unit.Measure),
        (ReportWords.Of(Popularity.Ratings), "MovieLens ratings", Unit.Measure), ("ratings_count", "Number of ratings", Unit.Measure),
    ];

    public static IReadOnlyList<string> Names { get; } = [.. All.Select(measure => measure.Name)];

    public static bool IsPopularity(string name) => Popularities.Any(measure => measure.Item1 == name);

    public static string TitleOf(string name) => All.First(measure => measure.Name == name).Title;

    public static Unit UnitOf(string name) => All.First(measure => measure.Name == name).Unit;
}
