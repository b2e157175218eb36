using CineLedger.Reports;
using CineLedger.Reports.Queries;
using CineLedger.Web.Dashboard.Movies;

namespace CineLedger.Web.Dashboard.Years;

/// <summary>The totals of a year, compared with those of the year before. Incomplete years, and years with few known amounts, are not compared.</summary>
internal static class YearFacts
{
    /// <param name="request">The request for the page.</param>
    /// <param name="year">The totals of the year.</param>
    /// <param name="before">Those of the year before; null if it has no movies.</param>
    public static IReadOnlyList<Fact> Create(PageRequest request, ResultRow year, ResultRow? before)
    {
        var of = request.State.Aggregate == Aggregate.Sum ? "" : $", {ReportOptionNames.GetTitle(request.State.Aggregate)}";
        var link = MovieLinks.GetListPath(request.State);
        var movies = year.GetInteger("releases");
        return
        [
            CreateAmount("Revenue", "revenue", "revenue_known"),
            CreateAmount("Budget", "budget", "budget_known"),
            CreateAmount("Profit (both known)", "matched_profit", "profit_known"),
            new("Movies", movies, Unit.Count) { Detail = Compare("releases", "releases", Unit.Count), Link = link },
        ];

        Fact CreateAmount(string title, string measure, string known) => new(title + of, year[measure], Unit.Money)
        {
            Detail = string.Join(
                "; ",
                new[] { FormattableString.Invariant($"known for {year.GetInteger(known):N0} of {NumberFormat.FormatMovieCount(movies)}"), Compare(measure, known, Unit.Money) }.OfType<string>()),
            Link = link,
        };

        string? Compare(string measure, string known, Unit unit)
        {
            if (before is null || !request.Years.IsComplete(year.GetInteger("year"))
                || year.GetInteger(known) < QueryRequest.DefaultMinMovies || before.GetInteger(known) < QueryRequest.DefaultMinMovies
                || year.GetNumber(measure) is not { } now || before.GetNumber(measure) is not { } then)
            {
                return null;
            }

            var change = then > 0 ? $"{NumberFormat.FormatChange((now - then) / then, Unit.Percent)}" : NumberFormat.FormatChange(now - then, unit);
            return FormattableString.Invariant($"{change} from {before.GetInteger("year")} ({NumberFormat.FormatShort(before[measure], unit)})");
        }
    }
}
