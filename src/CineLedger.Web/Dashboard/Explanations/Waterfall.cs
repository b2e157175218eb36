using System.Globalization;

namespace CineLedger.Web.Dashboard.Explanations;

/// <summary>The steps that lead to a figure, drawn as bars that begin where the previous one ends.</summary>
/// <param name="Caption">The caption of the table.</param>
/// <param name="Unit">The unit of the values.</param>
/// <param name="Steps">The steps in order.</param>
public sealed record Waterfall(string Caption, Unit Unit, IReadOnlyList<WaterfallStep> Steps)
{
    /// <summary>Returns where the bar of each step begins and ends, as shares of the width; they include the zero line.</summary>
    public IReadOnlyList<(double From, double To)> Bars
    {
        get
        {
            var sum = 0d;
            var ends = new List<(double From, double To)>();
            foreach (var step in Steps)
            {
                var from = step.IsTotal ? 0 : sum;
                sum = step.IsTotal ? step.Value : sum + step.Value;
                ends.Add((from, sum));
            }

            var (least, greatest) = (ends.Min(bar => Math.Min(bar.From, bar.To)), ends.Max(bar => Math.Max(bar.From, bar.To)));
            least = Math.Min(least, 0);
            var width = Math.Max(greatest, 0) - least is var all && all > 0 ? all : 1;
            return [.. ends.Select(bar => ((Math.Min(bar.From, bar.To) - least) / width, (Math.Max(bar.From, bar.To) - least) / width))];
        }
    }

    /// <summary>Creates the steps from one figure to another. The difference of sums is split into the part of the number of movies and the part of their average.</summary>
    /// <param name="caption">The caption.</param>
    /// <param name="unit">The unit of the figures.</param>
    /// <param name="from">The name and value of the first figure, and the number of movies behind it.</param>
    /// <param name="to">Those of the other figure.</param>
    /// <param name="splits">Whether both are sums that can be split.</param>
    public static Waterfall CreateDifference(
        string caption, Unit unit, (string Name, double Value, long Movies) from, (string Name, double Value, long Movies) to, bool splits)
    {
        WaterfallStep[] steps = [new("Difference", to.Value - from.Value)];
        if (splits && from.Movies > 0 && to.Movies > 0)
        {
            var average = from.Value / from.Movies;
            steps =
            [
                new("Number of movies", (to.Movies - from.Movies) * average)
                {
                    Detail = string.Create(CultureInfo.InvariantCulture, $"{from.Movies:N0} to {to.Movies:N0} with a known value, at the average of {from.Name}"),
                },
                new("Average per movie", to.Value - (to.Movies * average))
                {
                    Detail = $"{NumberFormat.FormatShort(average, unit)} to {NumberFormat.FormatShort(to.Value / to.Movies, unit)}",
                },
            ];
        }

        return new(caption, unit, [new(from.Name, from.Value) { IsTotal = true }, .. steps, new(to.Name, to.Value) { IsTotal = true }]);
    }
}

/// <param name="Name">What the step adds or subtracts, or the total.</param>
/// <param name="Value">What it adds; for a total its value.</param>
public sealed record WaterfallStep(string Name, double Value)
{
    /// <summary>Whether the bar starts at zero: a total, or a value that the following steps lead away from.</summary>
    public bool IsTotal { get; init; }

    /// <summary>The address that the name links to; null for no link.</summary>
    public string? Link { get; init; }

    /// <summary>Small print below the name.</summary>
    public string? Detail { get; init; }
}
