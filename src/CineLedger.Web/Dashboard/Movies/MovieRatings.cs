using System.Globalization;
using CineLedger.Reports;
using CineLedger.Web.Dashboard.Charts;

namespace CineLedger.Web.Dashboard.Movies;

/// <summary>What MovieLens's viewers gave a movie, a year at a time.</summary>
public sealed record MovieRatings(ChartView Chart, TableView Table)
{
    /// <summary>Null where nobody rated it.</summary>
    public static MovieRatings? Create(IReadOnlyList<RatingYear> ratings)
    {
        if (ratings.Count == 0)
        {
            return null;
        }

        var byYear = ratings.ToDictionary(rating => rating.Year);

        // A year in which nobody rated it is a gap.
        var years = Enumerable.Range(ratings[0].Year, ratings[^1].Year - ratings[0].Year + 1).ToList();
        return new MovieRatings(
            new ChartView(
                ChartViewKind.Lines,
                Unit.Measure,
                [.. years.Select(year => year.ToString(CultureInfo.InvariantCulture))],
                [new ChartViewSeries("Mean rating", [.. years.Select(year => byYear.TryGetValue(year, out var rating) ? (double?)rating.Mean : null)]) { Color = ChartColor.Foreground }])
            {
                Name = "ratings",
                Description = "The mean of its ratings, 0.5 to 5, by the year in which they were given.",
            },
            new TableView(
                "Ratings by year",
                [new("Year", Unit.Year), new("Ratings", Unit.Count), new("Mean", Unit.Measure)],
                [.. ratings.Reverse().Select(rating => new TableViewRow([new((long)rating.Year), new(rating.Ratings), new((double)rating.Mean)]))]));
    }
}
