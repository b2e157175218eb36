using CineLedger.Reports.Queries;
using CineLedger.Web.Http;

namespace CineLedger.Web.Dashboard.Genres;

/// <summary>The parameters of the genre pages.</summary>
internal static class GenreParameters
{
    /// <summary>The measures that can be shown by year, the default first.</summary>
    public static readonly IReadOnlyList<Measure> Shown = [.. new[] { "revenue", "budget", "matched_profit", "releases" }.Select(Measures.Find)];

    public static Parameter<string?> Measure { get; } = Parameter.CreateEnum("measure", [.. Shown.Select(measure => measure.Name)], "The measure shown by year.");

    public static Parameter<string?> Name { get; } = Parameter.CreateText("name", "The genre's name.") with { IsInPath = true };

    public static Measure GetMeasure(PageRequest request) => request.Values.Get(Measure) is { } name ? Measures.Find(name) : Shown[0];
}
