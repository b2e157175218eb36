using CineLedger.Reports;

namespace CineLedger.Web.Dashboard;

/// <summary>Sentences that figures have in common.</summary>
internal static class FigureNotes
{
    /// <summary>The share of known values, or of movies, below which a figure says how few it is based on.</summary>
    public const double LowCoverage = .1;

    /// <summary>Says what popularity is; empty for other measures, which do not depend on the day of the dataset.</summary>
    public static string GetPopularity(PageState state) => state.Popularity == default
        ? "Popularity is TMDB's score on the day the dataset was made: older movies score lower than they did when they were new."
        : "";

    /// <summary>Says that a value is known for few movies; null if it is known for a tenth of them or more.</summary>
    public static string? GetCoverage(string value, long known, long movies) => movies == 0 || known >= movies * LowCoverage
        ? null
        : known == 0 ? $"{value} is known for {(movies == 1 ? "not a single movie" : $"none of the {NumberFormat.FormatMovieCount(movies)}")}."
        : FormattableString.Invariant($"{value} is known for only {known:N0} of {NumberFormat.FormatMovieCount(movies)} ({NumberFormat.FormatShort((double)known / movies, Unit.Percent)}).");

    /// <summary>Says how the amounts of movies with several names are counted.</summary>
    public static string GetShare(PageState state, string names) => state.Share == Share.Full
        ? $"A movie counts in full for each of its {names}, so rows do not add up to a total."
        : $"A movie's amounts are split equally among its {names}.";

    /// <summary>Says which years are not ranked because they are incomplete; null if there are none. The link beside it includes them.</summary>
    public static string? GetUnranked(PageRequest request) => request.Years.FirstIncomplete is not { } year ? null
        : request.IsRanked(year) ? request.State.To is { } to && to < year || request.State.HasDefaultYears ? null : $"Years from {year} are incomplete: {request.Years.IncompleteReason}."
        : $"Years from {year} are incomplete and not ranked: {request.Years.IncompleteReason}.";

    /// <summary>Returns a link that includes incomplete years in rankings; none if they are included.</summary>
    public static IReadOnlyList<FigureLink> GetUnrankedLinks(PageRequest request)
    {
        var years = request.Years;
        return years.FirstIncomplete is { } year && !request.IsRanked(year)
            ? [new("Include them", request.GetAddress(request.State with { From = years.Years[0].Year, To = years.Years[^1].Year }))]
            : [];
    }
}
