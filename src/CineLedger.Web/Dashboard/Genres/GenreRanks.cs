using CineLedger.Web.Dashboard.Charts;
using CineLedger.Web.Dashboard.Movies;

namespace CineLedger.Web.Dashboard.Genres;

/// <summary>The rank of each genre by popularity, by year or by decade.</summary>
public sealed class GenreRanks(PageState state, NameGrid grid, bool isByDecade)
{
    /// <summary>The number of colors in the palette. Another line would repeat the first color.</summary>
    public const int MaxLines = 8;

    private string Measure => $"rank_{state.PopularityMeasure}";

    public ChartView Chart => new(
        ChartViewKind.Bump,
        Unit.Count,
        grid.Labels,
        [.. grid.Names.Take(MaxLines).Select(genre => new ChartViewSeries(genre, grid.GetValues(genre, Measure)) { Notes = grid.GetMovieCounts(genre) })])
    {
        Name = "rank-of-genres",
        Description = $"The rank by popularity of the {MaxLines} most popular genres, by {(isByDecade ? "decade" : "year")}.",
        Height = ChartHeight.Tall,
        YearsPerLabel = isByDecade ? 10 : 1,
        Links = [.. grid.Periods.Select(GetPeriodLink)],
    };

    public TableView Table => grid.CreateTable(
        $"Rank of genres by {(isByDecade ? "decade" : "year")}",
        isByDecade ? "Decade" : "Year",
        row => row[Measure],
        Unit.Count,
        (period, genre) => GetYears(period) is var (from, to) ? MovieLinks.GetListPath(state with { From = from, To = to }, ("genre", genre)) : "",
        row => FormattableString.Invariant(
            $"popularity {NumberFormat.FormatShort(row[state.PopularityMeasure], Unit.Measure)}, {NumberFormat.FormatMovieCount(row.GetInteger("releases"))}"),
        GetPeriodLink,
        state.PopularityMeasure);

    /// <summary>Returns the address of the same page for one period.</summary>
    private string GetPeriodLink(long period) => GetYears(period) is var (from, to) ? (state with { From = from, To = to }).GetLink("/genres") : "";

    /// <summary>Returns the years of a period. A decade at the edge of the year range is cut to the range.</summary>
    private (int From, int To) GetYears(long period) => isByDecade
        ? (Math.Max((int)period, state.From ?? 1), Math.Min((int)period + 9, state.To ?? 9999))
        : ((int)period, (int)period);
}
