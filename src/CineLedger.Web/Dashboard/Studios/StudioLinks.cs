using CineLedger.Web.Dashboard.Movies;

namespace CineLedger.Web.Dashboard.Studios;

/// <summary>Addresses for the names of a market, which are studios or companies.</summary>
internal static class StudioLinks
{
    public static string GetLink(PageState state, string name, StudioMarket market) => (market.IsAsNamed ? NameKind.Company : NameKind.Studio).GetLink(state, name);

    /// <summary>Returns the address of the movies behind a number. The amounts are not split among genres, which are conditions on movies.</summary>
    public static string GetMoviesLink(PageState state, string name, StudioMarket market) => MovieLinks.GetListPath(
        StudioMarket.UseTotals(state),
        [
            market.IsAsNamed ? ("company", PageQuery.ToExact("company", name)) : ("where", PageQuery.FilterByName("studio", name)),
            .. market.Genres.Select(genre => ("where", (string?)PageQuery.FilterByName("genre", genre))),
            MovieLinks.GetDatedFilter(state),
        ]);
}
