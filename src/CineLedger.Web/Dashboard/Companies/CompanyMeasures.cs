using CineLedger.Reports;
using CineLedger.Reports.Queries;

namespace CineLedger.Web.Dashboard.Companies;

/// <summary>The measures by which companies can be ranked and compared.</summary>
internal static class CompanyMeasures
{
    private static readonly string[] Popularities = [.. Enum.GetValues<Popularity>().Select(ReportOptionNames.GetName)];

    public static IReadOnlyList<string> Names { get; } = ["revenue", "budget", "matched_profit", "profit", "roi", "releases", .. Popularities];

    public static IReadOnlyList<Measure> All { get; } = [.. Names.Select(Measures.Find)];

    public static bool IsPopularity(string name) => Popularities.Contains(name);
}
