using CineLedger.Model;

namespace CineLedger.Reports.Queries;

/// <summary>All functions over groups, and their parser.</summary>
public static class GroupFunctions
{
    public static GroupFunction Rank { get; } = new(
        "rank",
        "rank by popularity or another measure (1 = highest), among the rows that differ only in the last dimension",
        GroupScope.Neighbors,
        column => $"rank_{column}",
        title => $"rank by {title}",
        (sql, of) => sql.BuildRank(of))
    {
        Unit = "rank (1 = highest)",
        Kind = _ => MeasureKind.Rank,
        ColumnKind = ColumnKind.Integer,
        CanBeNegative = false,
    };

    /// <summary>Gets the share, from 0 to 1. In a list of measures it is followed by <see cref="Whole"/>.</summary>
    public static GroupFunction Share { get; } = new(
        "share",
        "part of the total, from 0 to 1; the total counts each movie of the rows that differ only in the last dimension once",
        GroupScope.Whole,
        column => $"{column}_share",
        title => $"share of {title}",
        (_, of) => GroupFunctionSql.BuildShare(of))
    {
        NeedsSum = true,
        Unit = "share of the total",
        Kind = _ => MeasureKind.Share,
        ColumnKind = ColumnKind.Number,
    };

    /// <summary>Gets the measure over the movies that a share refers to.</summary>
    public static GroupFunction Whole { get; } = new(
        "all",
        "the measure over all movies that a share refers to, each counted once",
        GroupScope.Whole,
        column => $"{column}_all",
        title => $"{title} of all movies",
        (_, of) => GroupFunctionSql.BuildWhole(of));

    public static GroupFunction Change { get; } = new(
        "change",
        "change from the same period a year before",
        GroupScope.EarlierPeriods,
        column => $"{column}_change",
        title => $"change in {title}",
        (sql, of) => sql.BuildChange(of))
    {
        CanBeNegative = true,
    };

    public static GroupFunction ChangePercent { get; } = new(
        "change_percent",
        "change from the same period a year before, in percent of its value",
        GroupScope.EarlierPeriods,
        column => $"{column}_change_percent",
        title => $"change in {title} in %",
        (sql, of) => sql.BuildChangePercent(of))
    {
        Unit = "%",
        Kind = _ => MeasureKind.Value,
        ColumnKind = ColumnKind.Number,
        CanBeNegative = true,
    };

    /// <summary>Gets the sum of all selected periods up to the row's.</summary>
    public static GroupFunction Total { get; } = new(
        "total",
        "running total over the selected periods",
        GroupScope.SelectedPeriods,
        column => $"{column}_total",
        title => $"running total of {title}",
        (sql, of) => sql.BuildTotal(of))
    {
        NeedsSum = true,
    };

    /// <summary>Gets the compound annual growth rate, as Excel's RRI computes it.</summary>
    public static GroupFunction Cagr { get; } = new(
        "cagr",
        "compound growth per year from the first to the last year of the query: 0.05 is 5 % a year",
        GroupScope.Years,
        column => $"{column}_cagr",
        title => $"annual growth of {title}",
        (sql, of) => sql.Growth!.BuildCagr(of))
    {
        Unit = "growth per year",
        Kind = _ => MeasureKind.Ratio,
        ColumnKind = ColumnKind.Number,
        CanBeNegative = true,
    };

    /// <summary>Gets the slope of the line through the yearly values that has the least squared distances from them, as Excel's SLOPE computes it.</summary>
    public static GroupFunction Slope { get; } = new(
        "slope",
        "trend over the years of the query: the change per year of the line that fits their values best (least squares), in the measure's unit",
        GroupScope.Years,
        column => $"{column}_slope",
        title => $"yearly trend of {title}",
        (sql, of) => sql.Growth!.BuildSlope(of))
    {
        Kind = kind => kind is MeasureKind.Count or MeasureKind.Known ? MeasureKind.Value : kind,
        ColumnKind = ColumnKind.Number,
        CanBeNegative = true,
    };

    public static IReadOnlyList<GroupFunction> All { get; } = [Rank, Share, Whole, Change, ChangePercent, Total, CreateMean(3), CreateMean(5), Cagr, Slope];

    /// <summary>Applies a function to a measure of a group.</summary>
    public static SelectedMeasure Apply(GroupFunction function, SelectedMeasure of)
    {
        var (column, title) = (function.Column(of.Column), function.Title(function.NeedsSum && of.Aggregate == Aggregate.Sum ? of.Measure.Title : of.Title));
        var measure = new Measure(column, function.Meaning, title, function.Unit ?? of.Measure.Unit, function.Kind(of.Measure.Kind))
        {
            ChartTitle = title,
            StartsAtZero = function != Rank && of.Measure.StartsAtZero,
            CanBeNegative = function.CanBeNegative ?? of.Measure.CanBeNegative,
        };
        return new SelectedMeasure(measure, null, column) { Applied = new AppliedFunction(function, of) };
    }

    /// <summary>
    /// Parses <c>FUNCTION(MEASURE)</c>, <c>FUNCTION:MEASURE</c> or <c>rank</c>, which is by popularity; returns null when the text does not start with the name of a
    /// function. Throws <see cref="UsageException"/> when it has no valid measure.
    /// </summary>
    internal static SelectedMeasure? TryParse(string text)
    {
        var end = text.AsSpan().IndexOfAny('(', ':');
        var name = end < 0 ? text : text[..end].Trim();
        if (All.FirstOrDefault(known => known.Name == name) is not { } function)
        {
            return end > 0 && text[end] == '('
                ? throw new UsageException($"--measure: there is no function '{name}'{NearestNames.BuildHint(name, All.Select(known => known.Name))}")
                : null;
        }

        if (end < 0 && function == Rank)
        {
            var rank = Apply(Rank, Measures.Parse("popularity"));
            return rank with { Column = "rank", Measure = rank.Measure with { Title = "rank", ChartTitle = "rank by popularity" } };
        }

        var inner = end < 0 ? "" : text[end] == ':' ? text[(end + 1)..] : text.EndsWith(')') ? text[(end + 1)..^1].Trim() : "";
        return inner.Length > 0 && Measures.Parse(inner) is { Measure.Sql: not null } of
            ? Apply(function, of)
            : throw new UsageException($"--measure: '{text}' is not a valid {name}; use {name}(revenue), for example.");
    }

    /// <summary>Finds a function and its measure by the name of their column, such as <c>revenue_cagr</c>; null when there is none.</summary>
    internal static SelectedMeasure? FindByColumn(string column) => All
        .SelectMany(_ => Measures.All.Where(measure => measure.Sql is not null), (function, measure) => (function, measure))
        .Where(pair => pair.function.Column(pair.measure.Name) == column)
        .Select(pair => Apply(pair.function, new SelectedMeasure(pair.measure, null, pair.measure.Name))).FirstOrDefault();

    private static GroupFunction CreateMean(int periods) => new(
        $"mean{periods}",
        $"moving average over the row's period and the {periods - 1} before it, as far as they have a value",
        GroupScope.EarlierPeriods,
        column => $"{column}_mean{periods}",
        title => $"moving average of {title}",
        (sql, of) => sql.BuildMean(of, periods))
    {
        Kind = kind => kind is MeasureKind.Count or MeasureKind.Known ? MeasureKind.Value : kind,
        ColumnKind = ColumnKind.Number,
        Earlier = periods - 1,
    };
}
