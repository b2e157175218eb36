using CineLedger.Web.Dashboard.Charts;
using CineLedger.Web.Dashboard.Films;

namespace CineLedger.Web.Dashboard.Genres;

/// <summary>Which place each genre took by popularity, from year to year or from decade to decade.</summary>
public sealed class RankFigure(PageState state, GenreGrid grid, bool isByDecade)
{
    /// <summary>As many lines as there are inks: one more could not be told from the first.</summary>
    public const int MostLines = 8;

    private string Measure => $"rank_{state.PopularityMeasure}";

    public ChartView Chart => new(
        ChartKind.Bump,
        Unit.Count,
        grid.X,
        [.. grid.Genres.Take(MostLines).Select(genre => new ChartSeries(genre, grid.Values(genre, Measure)) { Notes = grid.Films(genre) })])
    {
        Name = "rank-of-genres",
        Description = $"The place by popularity of the {MostLines} most popular genres, by {(isByDecade ? "decade" : "year")}; 1 is at the top.",
        Height = ChartHeight.Tall,
        Links = [.. grid.Periods.Select(Period)],
    };

    public TableView Table => grid.Table(
        $"Rank of genres by {(isByDecade ? "decade" : "year")}",
        isByDecade ? "Decade" : "Year",
        Measure,
        Unit.Count,
        (period, genre) => Span(period) is var (from, to) ? FilmLinks.Behind(state with { From = from, To = to }, ("genre", genre)) : "",
        row => FormattableString.Invariant($"popularity {Figures.Short(row[state.PopularityMeasure], Unit.Measure)}, {Figures.Films(row.Whole("releases"))}"),
        Period);

    /// <summary>The same page of that period alone.</summary>
    private string Period(long period) => Span(period) is var (from, to) ? (state with { From = from, To = to }).Link("/genres") : "";

    /// <summary>A decade at the edge of the span has only the years of the span.</summary>
    private (int From, int To) Span(long period) => isByDecade
        ? (Math.Max((int)period, state.From ?? 1), Math.Min((int)period + 9, state.To ?? 9999))
        : ((int)period, (int)period);
}
