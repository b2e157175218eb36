using System.Globalization;
using CineLedger.Model;
using CineLedger.Web.Dashboard.Movies;

namespace CineLedger.Web.Dashboard.Quality;

/// <summary>Examples of movies with suspicious amounts.</summary>
internal static class SuspiciousAmountTable
{
    public static TableView Create(SuspiciousAmounts amounts, PageState state) => new(
        $"Examples of {amounts.Rule}",
        [new("Title"), new("Year", Unit.Year), new("Budget", Unit.Money), new("Revenue", Unit.Money)],
        [
            .. amounts.Examples.Select(movie => new TableViewRow(
            [
                new TableViewCell(movie.Title ?? movie.MovieId.ToString(CultureInfo.InvariantCulture)) { Link = MovieLinks.GetMoviePath(state, movie.MovieId) },
                new TableViewCell(movie.Year), new TableViewCell(movie.Budget), new TableViewCell(movie.Revenue),
            ])),
        ]);
}
