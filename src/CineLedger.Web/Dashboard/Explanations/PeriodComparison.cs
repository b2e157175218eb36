using CineLedger.Web.Dashboard.Movies;

namespace CineLedger.Web.Dashboard.Explanations;

/// <summary>The change of a figure from the years before: how much is due to the number of movies, and how much to their average.</summary>
/// <param name="Earlier">The years before.</param>
/// <param name="Later">The years of the page.</param>
/// <param name="Before">The figure of the years before; null if unknown.</param>
/// <param name="After">The figure; null if unknown.</param>
/// <param name="Steps">The steps from one to the other; null if the figures cannot be subtracted.</param>
/// <param name="LargestBefore">The largest movies of the years before.</param>
public sealed record PeriodComparison(string Earlier, string Later, double? Before, double? After, Waterfall? Steps, TableView LargestBefore)
{
    private const int MaxMovies = 5;

    public double? Change => After - Before;

    public static async Task<PeriodComparison?> ReadAsync(FigureQuery figure, ResultRow? row, CancellationToken cancellationToken)
    {
        if (figure.GetYearsBefore() is not { } before)
        {
            return null;
        }

        var known = figure.Measure.Known ?? "releases";
        var earlier = await figure.ReadAsync(before, figure.ToPageQuery().Measures, [], cancellationToken);
        var (old, now) = (earlier?.GetNumber(figure.Use.Column), row?.GetNumber(figure.Use.Column));
        var movies = await figure.ReadLargestAsync(before, MaxMovies, cancellationToken);
        var (from, to) = (FigureQuery.FormatYears(before), FigureQuery.FormatYears(figure.Request.State));
        return new(
            from,
            to,
            old,
            now,
            old is { } first && now is { } last
                ? Waterfall.CreateDifference(
                    $"The change from {from} to {to}",
                    figure.Use.Measure.GetDisplayUnit(),
                    (from, first, earlier!.GetInteger(known)),
                    (to, last, row!.GetInteger(known)),
                    figure.IsSum)
                : null,
            MovieTable.Create($"The largest movies, {from}", before, movies));
    }
}
