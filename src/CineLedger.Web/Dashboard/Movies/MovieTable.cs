namespace CineLedger.Web.Dashboard.Movies;

/// <summary>Movies in a table: each once, whole, with the amounts that are counted and a dash for the unknown.</summary>
internal static class MovieTable
{
    public static TableView Create(string caption, PageState state, ResultTable movies) => TableView.Create(
        caption,
        movies,
        new ResultColumn("title", "Movie") { Link = row => MovieLinks.GetMoviePath(state, row.GetInteger("movie_id")) },
        new ResultColumn("release_date", "Released"),
        new ResultColumn("revenue", "Revenue", Unit.Money),
        new ResultColumn("budget", "Budget", Unit.Money),
        new ResultColumn("profit", "Profit", Unit.Money) { Explanation = "revenue less budget, where both are known" },
        new ResultColumn("popularity", "Popularity", Unit.Measure),
        new ResultColumn("vote_average", "Mean vote", Unit.Measure),
        new ResultColumn("vote_count", "Votes", Unit.Count));
}
