using CineLedger.Model;

namespace CineLedger.Reports.Queries;

/// <summary>All measures, and the reading of them as users write them.</summary>
public static class Measures
{
    private static readonly string[] AggregateWords = [.. Enum.GetValues<Aggregate>().Select(ReportWords.Of)];

    public static IReadOnlyList<Measure> All { get; } =
    [
        new("releases", "films, each once", MeasureShape.Releases),
        .. Values(amounts: true),
        new("profit", "revenue less budget, of whatever is known", MeasureShape.Profit),
        new("matched_profit", "revenue less budget, of films with both", MeasureShape.MatchedProfit),
        new("roi", "matched profit by the budget of the same films: 1.5 is 150 %", MeasureShape.Roi),
        .. Values(amounts: false),
        .. FilmValues.All.Where(value => value.IsMeasure).Select(value =>
            new Measure($"{value.Name}_known", $"films whose {value.Name} is known", MeasureShape.Known) { Film = value }),
        new("profit_known", "films whose budget and revenue are both known", MeasureShape.Known),
        new("rank", "place by popularity, or by another measure (rank:revenue), within the dimensions before the last", MeasureShape.Rank),
        .. Dimensions.All.Where(dimension => dimension.Links is not null).Select(dimension =>
            new Measure($"{dimension.Name}_releases", $"films of the {dimension.Name}, whatever the other names of the row", MeasureShape.GroupReleases) { Dimension = dimension }),
    ];

    /// <summary>
    /// Reads <c>MEASURE</c>, <c>MEASURE:AGGREGATE</c> or <c>rank:MEASURE</c>. Throws <see cref="UsageException"/> where the text is none of
    /// them.
    /// </summary>
    public static MeasureUse Parse(string text)
    {
        var parts = text.Split(':', 2);
        var measure = All.FirstOrDefault(known => known.Name == parts[0])
            ?? throw new UsageException($"--measure: there is no measure '{parts[0]}'{NearestNames.Hint(parts[0], All.Select(known => known.Name))}");
        if (measure.Shape == MeasureShape.Rank)
        {
            var by = Parse(parts is [_, var other] ? other : "popularity");
            return by.Measure.Shape is MeasureShape.Rank or MeasureShape.GroupReleases
                ? throw new UsageException($"--measure: '{text}' ranks by nothing; write rank:revenue, for one.")
                : new MeasureUse(measure, null, parts.Length == 1 ? "rank" : $"rank_{by.Column}") { By = by };
        }

        if (parts.Length == 1)
        {
            return new MeasureUse(measure, null, measure.Name);
        }

        if (!measure.CanAggregate)
        {
            throw new UsageException($"--measure: '{text}': {measure.Name} is a count already; write {measure.Name}.");
        }

        var aggregate = Array.IndexOf(AggregateWords, parts[1]);
        return aggregate >= 0
            ? new MeasureUse(measure, (Aggregate)aggregate, $"{measure.Name}_{parts[1]}")
            : throw new UsageException($"--measure: '{text}': '{parts[1]}' is none of {string.Join(", ", AggregateWords)}.");
    }

    internal static MeasureUse Of(string name) => Parse(name);

    private static IEnumerable<Measure> Values(bool amounts) =>
        FilmValues.All.Where(value => value.IsMeasure && value.IsAmount == amounts).Select(value =>
            new Measure(value.Name, value.Meaning, amounts ? MeasureShape.Amount : MeasureShape.Value) { Film = value });
}
