namespace CineLedger.Reports.Queries;

/// <summary>What can be said of a group of films.</summary>
/// <param name="Name">As users write it, and the column's name.</param>
/// <param name="Meaning">What it is, for users.</param>
/// <param name="Shape">How it is made.</param>
public sealed record Measure(string Name, string Meaning, MeasureShape Shape)
{
    /// <summary>The film's value that is counted or aggregated.</summary>
    internal FilmValue? Film { get; init; }

    /// <summary>The dimension whose films <see cref="MeasureShape.GroupReleases"/> counts.</summary>
    internal Dimension? Dimension { get; init; }

    /// <summary>Whether sum, avg, median, min and max can be made of it.</summary>
    public bool CanAggregate => Shape is MeasureShape.Amount or MeasureShape.Value or MeasureShape.Profit or MeasureShape.MatchedProfit or MeasureShape.Roi;
}

/// <summary>How a measure is made of films.</summary>
public enum MeasureShape
{
    /// <summary>How many films.</summary>
    Releases,

    /// <summary>Of dollars; summed up by default.</summary>
    Amount,

    /// <summary>Of any other value of a film's; averaged by default.</summary>
    Value,

    /// <summary>Revenue less budget, of whatever is known.</summary>
    Profit,

    /// <summary>Revenue less budget, of films with both.</summary>
    MatchedProfit,

    /// <summary>Matched profit by the budget of the same films.</summary>
    Roi,

    /// <summary>Of how many films a value is known.</summary>
    Known,

    /// <summary>The row's place by another measure, the largest first, among the rows that agree in all dimensions but the last.</summary>
    Rank,

    /// <summary>Films of one dimension's name, each once, whatever other names the row is of.</summary>
    GroupReleases,
}

/// <summary>A measure as it is asked for.</summary>
/// <param name="Measure">Which.</param>
/// <param name="Aggregate">What is made of its values; null for its default.</param>
/// <param name="Column">The name of its column.</param>
public sealed record MeasureUse(Measure Measure, Aggregate? Aggregate, string Column)
{
    /// <summary>For a rank: the measure that it is by.</summary>
    public MeasureUse? By { get; init; }
}
