using System.Globalization;
using CineLedger.Reports;
using CineLedger.Web.Dashboard.Charts;

namespace CineLedger.Web.Dashboard.Movies;

/// <summary>The MovieLens ratings of a movie by year.</summary>
public sealed record MovieRatings(ChartView Chart, TableView Table)
{
    /// <summary>Returns null when the movie has no ratings.</summary>
    public static MovieRatings? Create(IReadOnlyList<RatingYear> ratings)
    {
        if (ratings.Count == 0)
        {
            return null;
        }

        var byYear = ratings.ToDictionary(rating => rating.Year);

        // Years without ratings are gaps.
        var years = Enumerable.Range(ratings[0].Year, ratings[^1].Year - ratings[0].Year + 1).ToList();
        return new MovieRatings(
            new ChartView(
                ChartViewKind.Lines,
                Unit.Measure,
                [.. years.Select(year => year.ToString(CultureInfo.InvariantCulture))],
                [
                    new ChartViewSeries("Average rating", [.. years.Select(year => byYear.TryGetValue(year, out var rating) ? (double?)rating.Mean : null)])
                    {
                        Color = ChartColor.Foreground,
                    },
                ])
            {
                Name = "ratings",
                Description = "Average rating, 0.5 to 5, by the year in which the ratings were given.",
            },
            new TableView(
                "Ratings by year",
                [new("Year", Unit.Year), new("Ratings", Unit.Count), new("Average rating", Unit.Measure)],
                [.. ratings.Reverse().Select(rating => new TableViewRow([new((long)rating.Year), new(rating.Ratings), new((double)rating.Mean)]))]));
    }
}
