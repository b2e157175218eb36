using CineLedger.Reports;
using CineLedger.Web.Dashboard.Charts;
using CineLedger.Web.Http;
using CineLedger.Web.Queries;
using CineLedger.Web.Reports;

namespace CineLedger.Web.Dashboard.Studios;

/// <summary>The parameters of the studio pages.</summary>
internal static class StudioParameters
{
    private static readonly Dictionary<string, ChartViewKind> ChartKinds = new() { ["stacked"] = ChartViewKind.Stacked, ["lines"] = ChartViewKind.Lines };

    public static Parameter<IReadOnlyList<string>> Genres => ReportParameters.Genres;

    public static Parameter<bool> AsNamed => QueryParameters.AsNamed;

    public static IReadOnlyList<string> Charts { get; } = [.. ChartKinds.Keys];

    public static Parameter<string?> Chart { get; } = Parameter.CreateEnum("chart", Charts, "The chart of market shares.");

    public static Parameter<int?> Top { get; } = Parameter.CreateInteger("top", "The number of studios in the charts.", min: 1, max: StudioMarket.MaxLines);

    public static Parameter<string?> Name { get; } = Parameter.CreateText("name", "The studio's name.") with { IsInPath = true };

    public static Parameter<string?> MoviesBy { get; } = Parameter.CreateEnum("movies", StudioMovies.Orders, "What the best and worst movies are ordered by.");

    public static string GetChart(PageRequest request) => request.Values.Get(Chart) ?? GetDefaultChart(request.State);

    /// <summary>Returns the default chart: lines, or stacks if co-productions are split among their studios, so that shares add up to at most 100 %.</summary>
    public static ChartViewKind GetDefaultKind(PageState state) => ChartKinds[GetDefaultChart(state)];

    private static string GetDefaultChart(PageState state) => Charts[state.Share == Share.Equal ? 0 : 1];

    public static ChartViewKind GetChartKind(PageRequest request) => ChartKinds[GetChart(request)];

    public static int GetTop(PageRequest request) => request.Values.Get(Top) ?? StudioMarket.MaxLines;
}
