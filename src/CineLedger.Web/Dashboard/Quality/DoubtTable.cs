using System.Globalization;
using CineLedger.Reports.Profile;
using CineLedger.Web.Dashboard.Films;

namespace CineLedger.Web.Dashboard.Quality;

/// <summary>Films whose amounts one should look at first.</summary>
internal static class DoubtTable
{
    public static TableView Of(AmountDoubt doubt, PageState state) => new(
        $"Examples of {doubt.Rule}",
        [new("Film"), new("Year", Unit.Year), new("Budget", Unit.Money), new("Revenue", Unit.Money)],
        [
            .. doubt.Examples.Select(film => new TableRow(
            [
                new Cell(film.Title ?? film.MovieId.ToString(CultureInfo.InvariantCulture)) { Link = FilmLinks.To(state, film.MovieId) },
                new Cell(film.Year), new Cell(film.Budget), new Cell(film.Revenue),
            ])),
        ]);
}
