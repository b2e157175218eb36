using CineLedger.Export;
using CineLedger.Reports;
using CineLedger.Reports.Queries;

namespace CineLedger.Charts;

/// <summary>Describes the values of a chart.</summary>
/// <param name="Column">The name of their column in the result.</param>
/// <param name="Title">The subject of the chart's title.</param>
/// <param name="Unit">The unit of its axis.</param>
/// <param name="IsAdditive">Whether values can be added up over years: true for amounts and counts, false for means.</param>
public sealed record ChartMeasure(string Column, string Title, string Unit, bool IsAdditive)
{
    /// <summary>Whether the axis starts at zero.</summary>
    public bool StartsAtZero { get; init; } = true;

    /// <summary>How values are written.</summary>
    public ChartNumber Number { get; init; }

    /// <summary>Whether values depend on budgets and revenues, so that their coverage is stated; false for numbers of movies and their shares.</summary>
    public bool NeedsAmounts { get; init; }

    /// <summary>Creates a measure's value axis between two bounds.</summary>
    internal ChartScale CreateScale(double min, double max)
    {
        var scale = ChartScale.Create(min, max, StartsAtZero);
        return Number switch
        {
            ChartNumber.Count => scale.WithWholeSteps,
            ChartNumber.Percent when max <= 1 => scale.UpToOne,
            ChartNumber.Rank => ChartScale.CreateForRanks(max),
            _ => scale,
        };
    }

    /// <summary>Formats a value in few characters.</summary>
    public string FormatValue(double value) => Number switch
    {
        ChartNumber.Money => ShortNumber.FormatDollars(value),
        ChartNumber.Percent => ShortNumber.FormatPercent(value),
        _ => ShortNumber.Format(value),
    };

    /// <summary>Describes a measure of a query.</summary>
    public static ChartMeasure Create(SelectedMeasure use, QueryRequest query)
    {
        var measure = use.Measure;
        var (words, unit) = (measure.ChartTitle ?? measure.Title, measure.Unit);
        if (measure.CanAggregate && (use.Aggregate is not null || measure.ChartTitle is null))
        {
            words = GetAggregatePrefix(use.GetAggregate(query)) + measure.Title;
        }

        unit = measure.Kind == MeasureKind.Amount && query.Dollars is { } year ? FormattableString.Invariant($"{unit} of {year}") : unit;
        return new ChartMeasure(use.Column, words, unit, use.IsAdditive(query))
        {
            StartsAtZero = measure.StartsAtZero,
            NeedsAmounts = (use.Applied?.Of.Measure ?? measure).Kind is MeasureKind.Amount or MeasureKind.Ratio,
            Number = measure.Kind switch
            {
                MeasureKind.Amount => ChartNumber.Money,
                MeasureKind.Ratio or MeasureKind.Share => ChartNumber.Percent,
                MeasureKind.Count or MeasureKind.Known or MeasureKind.NameReleases => ChartNumber.Count,
                MeasureKind.Rank => ChartNumber.Rank,
                MeasureKind.Value => ChartNumber.Plain,
                _ => throw new InvalidOperationException($"{measure.Kind} has no number format"),
            },
        };
    }

    private static string GetAggregatePrefix(Aggregate aggregate) => aggregate switch
    {
        Aggregate.Sum => "",
        Aggregate.Avg => "average ",
        Aggregate.Median => "median ",
        Aggregate.Min => "minimum ",
        Aggregate.Max => "maximum ",
        _ => throw new ArgumentOutOfRangeException(nameof(aggregate)),
    };

    /// <summary>Returns a measure of a query, and the others with the same unit.</summary>
    internal static IReadOnlyList<SelectedMeasure> FindSimilar(QueryRequest query, SelectedMeasure first)
    {
        var unit = Create(first, query);
        return [.. query.Measures.Where(use => use == first || (Create(use, query) is var other && other.Unit == unit.Unit && other.Number == unit.Number))];
    }

    /// <summary>Finds the measure with this name, or the default one. Throws <see cref="Model.UsageException"/> when it does not exist.</summary>
    internal static SelectedMeasure Find(QueryRequest query, string? name)
    {
        var measures = query.Measures.Select(use => use.Column).ToList();
        name ??= measures.Contains("revenue") ? "revenue" : measures[0];
        if (query.Measures.FirstOrDefault(use => use.Column == name) is { } found)
        {
            return found;
        }

        var near = NearestNames.Find(name, measures);
        var hint = near.Count > 0 ? $"; did you mean {string.Join(" or ", near)}?" : ".";
        throw new Model.UsageException($"--measure: the result has no column '{name}' to draw{hint} It has {string.Join(", ", measures)}.");
    }
}

/// <summary>How the values of a chart are formatted, and which axis they have.</summary>
public enum ChartNumber
{
    Plain,
    Count,
    Money,

    /// <summary>1 is 100 %.</summary>
    Percent,

    /// <summary>1 is at the top.</summary>
    Rank,
}
