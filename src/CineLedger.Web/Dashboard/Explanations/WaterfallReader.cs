using System.Globalization;
using CineLedger.Reports.Queries;
using CineLedger.Web.Dashboard.Movies;

namespace CineLedger.Web.Dashboard.Explanations;

/// <summary>Reads the steps that lead to a figure.</summary>
internal static class WaterfallReader
{
    private const int MaxMovies = 8;

    /// <summary>Returns null for figures that are not made of parts, such as averages.</summary>
    public static async Task<Waterfall?> ReadAsync(FigureQuery figure, ResultRow? row, CancellationToken cancellationToken)
    {
        var (state, unit) = (figure.Request.State, figure.Measure.GetDisplayUnit());
        if (row is null || row.GetNumber(figure.Use.Column) is not { } total)
        {
            return null;
        }

        return figure switch
        {
            { Use.Applied: not null } => await ReadShareAsync(figure, state, row, cancellationToken),
            { Measure.Kind: MeasureKind.Known } => CreateKnown(figure, row),
            { Measure.Name: "profit" or "matched_profit" or "roi", Aggregate: CineLedger.Reports.Aggregate.Sum } => await ReadProfitAsync(figure, state, cancellationToken),
            { IsSum: true, IsSplit: false } => await ReadLargestAsync(figure, unit, total, row.GetInteger(figure.Measure.Known!), cancellationToken),
            _ => null,
        };
    }

    /// <summary>The largest movies, all others and the total.</summary>
    private static async Task<Waterfall> ReadLargestAsync(FigureQuery figure, Unit unit, double total, long known, CancellationToken cancellationToken)
    {
        var state = figure.Request.State;
        var movies = (await figure.ReadLargestAsync(state, MaxMovies, cancellationToken)).Rows.Where(movie => movie.GetNumber(figure.Column) > 0).ToList();
        var others = known - movies.Count;
        return new(
            "The largest movies of the total",
            unit,
            [
                .. movies.Select(movie => new WaterfallStep(FigureQuery.GetTitle(movie), movie.GetNumber(figure.Column)!.Value)
                {
                    Link = MovieLinks.GetMoviePath(state, movie.GetInteger("movie_id")),
                }),
                .. others > 0 ? [new WaterfallStep(FormatOthers(others), total - movies.Sum(movie => movie.GetNumber(figure.Column)!.Value))] : Array.Empty<WaterfallStep>(),
                new WaterfallStep("Total", total) { IsTotal = true },
            ]);
    }

    private static async Task<Waterfall?> ReadProfitAsync(FigureQuery figure, PageState state, CancellationToken cancellationToken)
    {
        string[] both = figure.Measure.Name == "profit" ? [] : ["revenue is known", "budget is known"];
        if (await figure.ReadAsync(state, ["revenue", "budget", "revenue_known", "budget_known"], both, cancellationToken) is not { } sums)
        {
            return null;
        }

        var (revenue, budget) = (sums.GetNumber("revenue") ?? 0, sums.GetNumber("budget") ?? 0);
        return new(
            "Revenue minus budget",
            Unit.Money,
            [
                new("Revenue", revenue) { Link = figure.GetLink(state, "revenue", both), Detail = FormatMovies(sums.GetInteger("revenue_known")) },
                new("Budget", -budget) { Link = figure.GetLink(state, "budget", both), Detail = FormatMovies(sums.GetInteger("budget_known")) },
                new("Profit", revenue - budget) { IsTotal = true },
            ]);
    }

    private static Waterfall CreateKnown(FigureQuery figure, ResultRow row)
    {
        var (all, known) = (row.GetInteger("releases"), row.GetInteger(figure.Use.Column));
        return new(
            "Movies with a known value",
            Unit.Count,
            [new("All movies", all), new("Unknown", known - all), new(figure.Use.GetHeading(), known) { IsTotal = true }]);
    }

    private static async Task<Waterfall?> ReadShareAsync(FigureQuery figure, PageState state, ResultRow row, CancellationToken cancellationToken)
    {
        var applied = figure.Use.Applied!;
        var whole = Measures.ParseAll([applied.ToString()])[1];
        if (await figure.ReadAsync(state with { Aggregate = CineLedger.Reports.Aggregate.Sum }, [applied.Of.Measure.Name], [], cancellationToken) is not { } own
            || own.GetNumber(applied.Of.Measure.Name) is not { } part || row.GetNumber(whole.Column) is not { } all)
        {
            return null;
        }

        return new(
            "A part and its whole",
            figure.Measure.GetDisplayUnit(),
            [
                new($"{applied.Of.GetHeading()} of this selection", part) { IsTotal = true, Link = figure.GetLink(state, figure.Measure.Name) },
                new($"{applied.Of.GetHeading()} of all movies", all) { IsTotal = true, Detail = "each counted once" },
            ]);
    }

    private static string FormatOthers(long movies) => movies == 1 ? "1 other movie" : string.Create(CultureInfo.InvariantCulture, $"{movies:N0} other movies");

    private static string FormatMovies(long movies) => $"known for {NumberFormat.FormatMovieCount(movies)}";
}
