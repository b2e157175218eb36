using System.CommandLine;
using System.Globalization;
using CineLedger.Reports;
using CineLedger.Reports.Queries;

namespace CineLedger.Cli;

/// <summary>The options of a query.</summary>
internal sealed class QueryOptions
{
    private readonly Option<string[]> _by = new("--by")
    {
        Description = "Group by these dimensions, with commas: --by year,genre",
        HelpName = "DIM,…",
    };

    private readonly Option<string[]> _measures = new("--measure")
    {
        Description = "These measures, with commas; with :sum, :avg, :median, :min or :max where not the usual: --measure releases,revenue,revenue:max",
        HelpName = "MEASURE,…",
        Required = true,
    };

    private readonly Option<string[]> _where = new("--where")
    {
        Description = "Only films that fulfil this; may be repeated. FIELD=VALUE, FIELD=A..B, or in quotes 'FIELD>=VALUE' (also != > < <=), 'FIELD is known', 'FIELD is unknown'. "
            + "Several = on one field are any of them: --where genre=Drama --where genre=War --where year=1990..1999 --where 'budget>=100M'",
        HelpName = "FILTER",
    };

    private readonly Option<Aggregate> _aggregate = WordOption.Create<Aggregate>("--aggregate", ReportWords.Of, "What is made of amounts; default sum.");
    private readonly Option<Share> _share =
        WordOption.Create<Share>("--share", ReportWords.Of, "A film's amount: full to each of its several names, or split into equal parts; default full.");

    private readonly Option<string[]> _order = new("--order")
    {
        Description = "Order by these columns, :desc for the largest first, with commas: --order revenue:desc",
        HelpName = "COL[:desc],…",
    };

    private readonly Option<int?> _limit = new("--limit") { Description = "At most so many rows.", HelpName = "N" };
    private readonly Option<int?> _top = new("--top")
    {
        Description = "The N largest by the first measure, or by --order, within the dimensions before the last: --by year,genre --measure revenue --top 3",
        HelpName = "N",
    };

    private readonly Option<bool> _totals = new("--totals") { Description = "Add a last row of all films, each once." };
    private readonly Option<string?> _compare = new("--compare")
    {
        Description = "previous-year: beside each row the same names a year before, the change, and the change in percent.",
        HelpName = "WORD",
    };

    private readonly Option<int?> _dollars = new("--dollars")
    {
        Description = string.Create(
            CultureInfo.InvariantCulture, $"Amounts in dollars of this year ({ConsumerPrices.FirstYear}–{ConsumerPrices.LastYear}), by the US CPI-U: --dollars 2017"),
        HelpName = "YEAR",
    };

    private readonly Option<int> _weightedVotes = new("--weighted-votes")
    {
        Description = "The m of the weighted rating: votes before a film's own mean counts for more than everybody's.",
        HelpName = "M",
        DefaultValueFactory = _ => WeightedRating.DefaultVotes,
    };

    private readonly Option<double?> _weightedMean = new("--weighted-mean")
    {
        Description = "The C of the weighted rating; default: the mean vote of all films.",
        HelpName = "C",
    };

    /// <summary>What can be asked for, for the help.</summary>
    public static string Words =>
        $"""

        Dimensions: {string.Join(", ", Dimensions.All.Select(dimension => dimension.Name))}.
        Measures:   {string.Join(", ", Measures.All.Where(measure => measure.Kind is not (MeasureKind.Known or MeasureKind.NameReleases)).Select(measure => measure.Name))};
                    and of any of them how many films it is known of (revenue_known), and of any dimension its films (company_releases).
        Example:    cineledger query --by company,month --measure revenue --where company="Walt Disney Pictures" --compare previous-year
        """;

    /// <param name="command">Takes the options.</param>
    /// <param name="rows">Also those that say which rows there are, and in which order: a chart has its own.</param>
    public void AddTo(Command command, bool rows = true)
    {
        _compare.AcceptWords(["previous-year"]);
        foreach (var option in (Option[])
            [_by, _measures, _where, _aggregate, _share, .. rows ? [_order, _limit, _top, _totals, _compare] : Array.Empty<Option>(),
                _dollars, _weightedVotes, _weightedMean])
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
            Measures = [.. Split(parsed.GetValue(_measures)).Select(Measures.Parse)],
            Where = [.. (parsed.GetValue(_where) ?? []).SelectMany(FilterFields.Parse)],
            Aggregate = parsed.GetValue(_aggregate),
            Share = parsed.GetValue(_share),
            Order = rows ? [.. Split(parsed.GetValue(_order)).Select(QueryOrder.Parse)] : [],
            Limit = rows ? parsed.GetValue(_limit) : null,
            Top = rows ? parsed.GetValue(_top) : null,
            Totals = rows && parsed.GetValue(_totals),
            ComparePreviousYear = rows && parsed.GetValue(_compare) is not null,
            Dollars = parsed.GetValue(_dollars),
            WeightedVotes = parsed.GetValue(_weightedVotes),
            WeightedMean = (decimal?)parsed.GetValue(_weightedMean),
        };
        QueryChecks.Check(query);
        return query;
    }

    /// <summary>The filters as they were written.</summary>
    public IEnumerable<string> Filters(ParseResult parsed) => parsed.GetValue(_where) ?? [];

    private static IEnumerable<string> Split(string[]? lists) => QueryWords.Split(lists ?? []);
}
