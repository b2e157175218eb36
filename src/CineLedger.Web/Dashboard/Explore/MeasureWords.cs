using CineLedger.Reports;
using CineLedger.Reports.Queries;

namespace CineLedger.Web.Dashboard.Explore;

/// <summary>Columns of queries as people call them, and how their values are written.</summary>
internal static class MeasureWords
{
    /// <summary>The heading of a measure's column.</summary>
    public static string Title(MeasureUse use) => use.Measure.Shape switch
    {
        MeasureShape.Rank => use.By!.Measure.Name == "popularity" && use.Column == "rank" ? "Rank" : $"Rank by {Title(use.By).ToLowerInvariant()}",
        _ when use.Aggregate is { } aggregate => $"{Title(use.Measure)}, {Word(aggregate)}",
        _ => Title(use.Measure),
    };

    public static string Title(Measure measure) => measure.Name switch
    {
        "releases" => "Films",
        "roi" => "Return on budget",
        "vote_average" => "Mean vote",
        "vote_count" => "Votes",
        "weighted" => "Weighted vote",
        "ratings" => "MovieLens rating",
        "ratings_count" => "MovieLens ratings",
        "profit_known" => "Both amounts known",
        _ when measure.Shape == MeasureShape.GroupReleases => $"Films of the {measure.Dimension()}",
        var name => Sentence(name),
    };

    public static string Title(Dimension dimension) => Sentence(dimension.Name);

    public static string Word(Aggregate aggregate) => aggregate switch
    {
        Aggregate.Avg => "average",
        Aggregate.Median => "median",
        Aggregate.Min => "smallest",
        Aggregate.Max => "largest",
        _ => "sum",
    };

    public static Unit UnitOf(MeasureUse use) => use.Measure.Shape switch
    {
        MeasureShape.Amount or MeasureShape.Profit or MeasureShape.MatchedProfit => Unit.Money,
        MeasureShape.Roi => Unit.Percent,
        MeasureShape.Value => Unit.Measure,
        _ => Unit.Count,
    };

    /// <summary>Whether parts of it make a whole: counts and sums do, means and ranks do not.</summary>
    public static bool AddsUp(MeasureUse use, QueryRequest query) => use.Measure.Shape switch
    {
        MeasureShape.Releases or MeasureShape.Known => true,
        MeasureShape.Amount => (use.Aggregate ?? query.Aggregate) == Aggregate.Sum,
        _ => false,
    };

    private static string Dimension(this Measure measure) => measure.Name[..^"_releases".Length].Replace('_', ' ');

    private static string Sentence(string name) => char.ToUpperInvariant(name[0]) + name[1..].Replace('_', ' ');
}
