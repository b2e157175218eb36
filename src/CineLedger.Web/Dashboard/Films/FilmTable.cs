namespace CineLedger.Web.Dashboard.Films;

/// <summary>Films in a table: each once, whole, with the amounts that are counted and a dash for the unknown.</summary>
internal static class FilmTable
{
    public static TableView Of(string caption, PageState state, ResultTable films) => TableView.Of(
        caption,
        films,
        new DataColumn("title", "Film") { Link = row => FilmLinks.To(state, row.Whole("movie_id")) },
        new DataColumn("release_date", "Released"),
        new DataColumn("revenue", "Revenue", Unit.Money),
        new DataColumn("budget", "Budget", Unit.Money),
        new DataColumn("profit", "Profit", Unit.Money) { Explanation = "revenue less budget, where both are known" },
        new DataColumn("popularity", "Popularity", Unit.Measure),
        new DataColumn("vote_average", "Mean vote", Unit.Measure),
        new DataColumn("vote_count", "Votes", Unit.Count));
}
