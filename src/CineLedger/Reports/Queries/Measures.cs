using CineLedger.Model;

namespace CineLedger.Reports.Queries;

/// <summary>All measures, and the parser for measures.</summary>
public static class Measures
{
    private static readonly string[] AggregateNames = [.. Enum.GetValues<Aggregate>().Select(ReportOptionNames.GetName)];

    private const string Movies = "movies";

    private static readonly MovieValue[] BudgetAndRevenue = [MovieValues.Get("budget"), MovieValues.Get("revenue")];

    public static IReadOnlyList<Measure> All { get; } =
    [
        new("releases", "movies, each counted once", "movies", Movies, MeasureKind.Count) { Sql = (sql, _) => sql.BuildMovies() },
        .. MovieValues.All.Where(value => value.IsAmount).Select(Value),
        CreateFromBudgetAndRevenue("profit", "total known revenue minus total known budget", MeasureKind.Amount, (sql, aggregate) => sql.BuildProfit(aggregate)),
        CreateFromBudgetAndRevenue(
            "matched_profit",
            "revenue minus budget, only over movies with both amounts known",
            MeasureKind.Amount,
            (sql, aggregate) => sql.BuildMatchedProfit(aggregate)) with
        {
            Title = "profit (both known)",
        },
        CreateFromBudgetAndRevenue(
            "roi",
            "profit of the movies with both amounts known, divided by their budget: 1.5 is 150 %",
            MeasureKind.Ratio,
            (sql, aggregate) => sql.BuildRoi(aggregate)) with
        {
            Title = "return on investment", Unit = "profit / budget", IsDecimal = true,
        },
        .. MovieValues.All.Where(value => value.IsMeasure && !value.IsAmount).Select(Value),
        .. MovieValues.All.Where(value => value.IsMeasure).Select(value => Known(
            value.Name, $"movies with known {value.Title}", $"{value.Title} known", $"movies with known {value.Title}", [value], $"f.{value.Name}")),
        Known("profit", "movies with known budget and revenue", "both amounts known", "movies with known budget and revenue", BudgetAndRevenue, "f.revenue - f.budget"),
        .. Dimensions.All.Where(dimension => dimension.Links is not null).Select(dimension => new Measure(
            $"{dimension.Name}_releases",
            $"all movies of the {dimension.Name.Replace('_', ' ')}, regardless of the row's other dimensions",
            $"movies of the {dimension.Name.Replace('_', ' ')}",
            Movies,
            MeasureKind.NameReleases) { Dimension = dimension }),
    ];

    /// <summary>Finds a measure by name. Throws <see cref="InvalidOperationException"/> when it does not exist.</summary>
    public static Measure Find(string name) => All.Single(measure => measure.Name == name);

    /// <summary>
    /// Parses <c>MEASURE</c>, <c>MEASURE:AGGREGATE</c> or a function over groups such as <c>share(MEASURE)</c>, also by the name of its column. Throws
    /// <see cref="UsageException"/> for any other text.
    /// </summary>
    public static SelectedMeasure Parse(string text)
    {
        text = text.ToLowerInvariant();
        if (GroupFunctions.TryParse(text) is { } use)
        {
            return use;
        }

        if (GroupFunctions.FindByColumn(text) is { } byColumn)
        {
            return byColumn;
        }

        var parts = text.Split(':', 2);
        var measure = All.FirstOrDefault(known => known.Name == parts[0])
            ?? throw new UsageException($"--measure: there is no measure '{parts[0]}'{NearestNames.BuildHint(parts[0], All.Select(known => known.Name))}");
        if (parts.Length == 1)
        {
            return new SelectedMeasure(measure, null, measure.Name);
        }

        if (!measure.CanAggregate)
        {
            throw new UsageException($"--measure: '{text}': {measure.Name} is a count and takes no aggregate; use {measure.Name}.");
        }

        var aggregate = Array.IndexOf(AggregateNames, parts[1]);
        return aggregate >= 0
            ? new SelectedMeasure(measure, (Aggregate)aggregate, $"{measure.Name}_{parts[1]}")
            : throw new UsageException($"--measure: '{text}': '{parts[1]}' is not one of {string.Join(", ", AggregateNames)}.");
    }

    /// <summary>Parses a list of measures. A share is followed by the total that it refers to.</summary>
    public static IReadOnlyList<SelectedMeasure> ParseAll(IEnumerable<string> texts)
    {
        var uses = texts.Select(Parse).ToList();
        return [.. uses.SelectMany(use => use.Applied is { } applied && applied.Function == GroupFunctions.Share
            && GroupFunctions.Apply(GroupFunctions.Whole, applied.Of) is var whole && uses.All(other => other.Column != whole.Column)
            ? (SelectedMeasure[])[use, whole] : [use])];
    }

    internal static SelectedMeasure Create(string name) => Parse(name);

    private static Measure Value(MovieValue value) => new(value.Name, value.Meaning, value.Title, value.Unit, value.IsAmount ? MeasureKind.Amount : MeasureKind.Value)
    {
        ChartTitle = value.ChartTitle,
        Known = $"{value.Name}_known",
        StartsAtZero = value.StartsAtZero,
        Sql = (sql, aggregate) => sql.BuildValue(value, aggregate),
        Needs = [value],
        IsDecimal = value.Form == ValueForm.Decimal,
    };

    private static Measure CreateFromBudgetAndRevenue(string name, string meaning, MeasureKind kind, Func<MeasureSql, Aggregate, string> sql) =>
        new(name, meaning, name.Replace('_', ' '), MovieValues.Dollars, kind) { Known = "profit_known", CanBeNegative = true, Sql = sql, Needs = BudgetAndRevenue };

    private static Measure Known(string name, string meaning, string title, string chartTitle, IReadOnlyList<MovieValue> values, string sql) =>
        new($"{name}_known", meaning, title, Movies, MeasureKind.Known) { ChartTitle = chartTitle, Sql = (measures, _) => measures.BuildKnown(name, sql), Needs = values };
}
