using System.CommandLine;
using CineLedger.Reports;
using CineLedger.Reports.Queries;

namespace CineLedger.Cli;

/// <summary>The options of a query.</summary>
internal sealed class QueryOptions
{
    private readonly Option<string[]> _by = QueryOption.By.Create<string[]>();
    private readonly Option<string[]> _measures = QueryOption.Measure.Create<string[]>();
    private readonly Option<string?> _pivot = QueryOption.Pivot.Create<string?>();
    private readonly Option<int?> _from = QueryOption.From.Create<int?>();
    private readonly Option<int?> _to = QueryOption.To.Create<int?>();
    private readonly Option<string[]> _where = QueryOption.Where.Create<string[]>();
    private readonly Option<Aggregate> _aggregate = EnumOption.Create<Aggregate>(QueryOption.Aggregate, ReportOptionNames.GetName);
    private readonly Option<Share> _share = EnumOption.Create<Share>(QueryOption.Share, ReportOptionNames.GetName);
    private readonly Option<bool> _asNamed = QueryOption.AsNamed.Create<bool>();
    private readonly Option<string[]> _order = QueryOption.Order.Create<string[]>();
    private readonly Option<int?> _top = QueryOption.Top.Create<int?>();
    private readonly Option<int?> _limit = QueryOption.Limit.Create<int?>();
    private readonly Option<bool> _totals = QueryOption.Totals.Create<bool>();
    private readonly Option<string?> _compare = QueryOption.Compare.Create<string?>();
    private readonly Option<int?> _compareSnapshot = QueryOption.CompareSnapshot.Create<int?>();
    private readonly Option<int?> _minMovies = QueryOption.MinMovies.Create<int?>();
    private readonly Option<int?> _dollars = QueryOption.Dollars.Create<int?>();
    private readonly Option<int?> _weightedVotes = QueryOption.WeightedVotes.Create<int?>();
    private readonly Option<double?> _weightedMean = QueryOption.WeightedMean.Create<double?>();

    /// <summary>The dimensions, measures and functions, for the help.</summary>
    public static string HelpText =>
        $"""

        Dimensions: {string.Join(", ", Dimensions.All.Select(dimension => dimension.Name))}.
        Measures:   {string.Join(", ", Measures.All.Where(measure => measure.Kind is not (MeasureKind.Known or MeasureKind.NameReleases)).Select(measure => measure.Name))};
                    also MEASURE_known, the number of movies with a known value (revenue_known), and DIMENSION_releases, all movies of a name (company_releases).
        Functions:  {string.Join(", ", GroupFunctions.All.Select(function => $"{function.Name}(MEASURE)"))}; in a shell, quote the parentheses or write share:revenue.
        """;

    /// <param name="command">The command that gets the options.</param>
    /// <param name="rows">Whether the options that select and order rows are included; a chart has its own.</param>
    public void AddTo(Command command, bool rows = true)
    {
        _compare.AcceptValues(QueryOption.Compare.AllowedValues);
        foreach (var option in (Option[])
            [
                _by, _measures, _from, _to, _where, _aggregate, _share, _asNamed,
                .. rows ? [_pivot, _order, _limit, _top, _totals, _compare, _compareSnapshot] : Array.Empty<Option>(),
                _minMovies, _dollars, _weightedVotes, _weightedMean,
            ])
        {
            command.Options.Add(option);
        }
    }

    public QueryRequest Read(ParseResult parsed)
    {
        var rows = parsed.CommandResult.Command.Options.Contains(_order);
        var query = new QueryRequest
        {
            By = [.. Split(parsed.GetValue(_by)).Select(name => Dimensions.Find(name, "--by"))],
            Measures = Measures.ParseAll(Split(parsed.GetValue(_measures))),
            Pivot = rows && parsed.GetValue(_pivot) is { } pivot ? Dimensions.Find(pivot, "--pivot") : null,
            Where = [.. (parsed.GetValue(_where) ?? []).SelectMany(FilterFields.Parse), .. YearSpan.CreateFilters(parsed.GetValue(_from), parsed.GetValue(_to))],
            Aggregate = parsed.GetValue(_aggregate),
            Share = parsed.GetValue(_share),
            Order = rows ? [.. Split(parsed.GetValue(_order)).Select(QueryOrder.Parse)] : [],
            Limit = rows ? parsed.GetValue(_limit) : null,
            Top = rows ? parsed.GetValue(_top) : null,
            Totals = rows && parsed.GetValue(_totals),
            ComparePreviousYear = rows && parsed.GetValue(_compare) is not null,
            CompareSnapshot = rows ? parsed.GetValue(_compareSnapshot) : null,
            MinMovies = parsed.GetValue(_minMovies) ?? QueryRequest.DefaultMinMovies,
            Dollars = parsed.GetValue(_dollars),
            WeightedVotes = parsed.GetValue(_weightedVotes) ?? WeightedRating.DefaultVotes,
            WeightedMean = (decimal?)parsed.GetValue(_weightedMean),
        };
        query = parsed.GetValue(_asNamed) ? query.WithCompaniesAsStudios() : query;
        QueryChecks.Check(query);
        return query;
    }

    /// <summary>Returns the filters as given, and the range of years as a filter.</summary>
    public IEnumerable<string> ReadFilters(ParseResult parsed) => (parsed.GetValue(_where) ?? []).Concat(YearSpan.FormatFilters(parsed.GetValue(_from), parsed.GetValue(_to)));

    private static IEnumerable<string> Split(string[]? lists) => CommaSeparatedLists.Split(lists ?? []);
}
