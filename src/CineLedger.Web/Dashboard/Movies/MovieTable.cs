namespace CineLedger.Web.Dashboard.Movies;

/// <summary>A table of movies with their full amounts. Unknown amounts are dashes.</summary>
internal static class MovieTable
{
    public static TableView Create(string caption, PageState state, ResultTable movies) => TableView.Create(
        caption,
        movies,
        new ResultColumn("title", "Title") { Link = row => MovieLinks.GetMoviePath(state, row.GetInteger("movie_id")) },
        ResultColumn.CreateReleased(),
        new ResultColumn("revenue", "Revenue", Unit.Money),
        new ResultColumn("budget", "Budget", Unit.Money),
        new ResultColumn("profit", "Profit", Unit.Money) { Explanation = "revenue minus budget, when both are known" },
        new ResultColumn("popularity", "Popularity", Unit.Measure),
        new ResultColumn("vote_average", "Average vote", Unit.Measure),
        new ResultColumn("vote_count", "Votes", Unit.Count));
}
