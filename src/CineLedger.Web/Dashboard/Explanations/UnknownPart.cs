using System.Globalization;
using CineLedger.Reports;
using CineLedger.Reports.Explanations;

namespace CineLedger.Web.Dashboard.Explanations;

/// <summary>How many values behind a figure are unknown, and how much they could change it.</summary>
/// <param name="Text">How many movies have no known value.</param>
/// <param name="Estimate">How much they could change the figure under an assumption, or why there is none; null if everything is known.</param>
public sealed record UnknownPart(string Text, string? Estimate)
{
    /// <summary>The minimum number of known values for an estimate from their quartiles.</summary>
    private const int MinKnown = 8;

    /// <param name="name">The value of a movie, such as <c>revenue</c>.</param>
    /// <param name="unit">Its unit.</param>
    /// <param name="values">How the known values are distributed.</param>
    /// <param name="aggregate">What the figure is of the values.</param>
    /// <param name="total">The figure; null if it is unknown.</param>
    /// <param name="obstacle">What prevents an estimate, such as <c>amounts that are split</c>; null if nothing does.</param>
    public static UnknownPart Create(string name, Unit unit, ValueQuartiles values, Aggregate aggregate, double? total, string? obstacle)
    {
        var all = NumberFormat.FormatMovieCount(values.Movies);
        if (values.Unknown == 0)
        {
            return new(values.Movies == 1 ? $"The {name} of the only movie is known." : $"The {name} of all {all} is known.", null);
        }

        if (values.Known == 0)
        {
            return new($"The {name} of {(values.Movies == 1 ? "the only movie" : $"all {all}")} is unknown.", null);
        }

        var text = string.Create(CultureInfo.InvariantCulture, $"The {name} is unknown for {values.Unknown:N0} of {all}.");
        var (effect, they, each) = values.Unknown == 1 ? ("Its effect", "it", "If it") : ("Their effect", "they", "If each of them");
        if (values.Known < MinKnown)
        {
            return new(text, $"{effect} cannot be estimated: the value is known for only {NumberFormat.FormatMovieCount(values.Known)}.");
        }

        obstacle ??= aggregate is Aggregate.Sum or Aggregate.Avg ? null : $"a {ReportOptionNames.GetTitle(aggregate)}";
        if (obstacle is not null)
        {
            return new(text, $"{effect} cannot be estimated for {obstacle}.");
        }

        // An upper limit rather than a range around the known values: unknown values are mostly those of smaller movies.
        var (lower, sum) = (values.Lower!.Value, total is null ? 0 : aggregate == Aggregate.Sum ? total.Value : total.Value * values.Known);
        var most = sum + (values.Unknown * lower);
        var assumption = string.Create(
            CultureInfo.InvariantCulture, $"{each} had as much as the lower quartile of the {values.Known:N0} known ones ({Format(lower)}), ");
        var result = aggregate == Aggregate.Sum
            ? $"{they} would add {Format(values.Unknown * lower)}, and the total would be {Format(most)}."
            : $"the average would be {Format(most / values.Movies)}.";
        return new(text, assumption + result + " Movies with unknown values are usually less well known, so the real difference is probably smaller.");

        string Format(double value) => NumberFormat.FormatShort(value, unit);
    }
}
