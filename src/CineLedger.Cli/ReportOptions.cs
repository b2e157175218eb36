using System.CommandLine;
using CineLedger.Model;
using CineLedger.Reports;
using CineLedger.Reports.Queries;

namespace CineLedger.Cli;

/// <summary>The options of a report.</summary>
internal sealed class ReportOptions
{
    private readonly Option<int?> _from = QueryOption.From.Create<int?>();
    private readonly Option<int?> _to = QueryOption.To.Create<int?>();
    private readonly Option<string[]> _companies = QueryOption.Company.Create<string[]>();
    private readonly Option<string[]> _studios = QueryOption.Studio.Create<string[]>();
    private readonly Option<string[]> _genres = QueryOption.Genre.Create<string[]>();
    private readonly Option<Aggregate> _aggregate = EnumOption.Create<Aggregate>(QueryOption.Aggregate, ReportOptionNames.GetName);
    private readonly Option<Popularity> _popularity = EnumOption.Create<Popularity>(QueryOption.Popularity, ReportOptionNames.GetName);
    private readonly Option<Share> _share = EnumOption.Create<Share>(QueryOption.Share, ReportOptionNames.GetName);
    private readonly Option<bool> _asNamed = QueryOption.AsNamed.Create<bool>();
    private readonly Option<int?> _dollars = QueryOption.Dollars.Create<int?>();
    private readonly Option<int?> _top = QueryOption.Top.Create<int?>();
    private readonly Option<string?> _order = QueryOption.ReportOrder.Create<string?>();
    private readonly Option<int?> _limit = QueryOption.Limit.Create<int?>();

    /// <param name="command">The command that gets the options.</param>
    /// <param name="rows">Whether the options that order and limit rows are included.</param>
    /// <param name="top">Whether the option that selects the largest rows is included.</param>
    public void AddTo(Command command, bool rows = true, bool top = true)
    {
        foreach (var option in (Option[])
            [_from, _to, _companies, _studios, _genres, _aggregate, _popularity, _share, _asNamed, _dollars, .. rows ? [_order] : Array.Empty<Option>(),
                .. top ? [_top] : Array.Empty<Option>(), .. rows ? [_limit] : Array.Empty<Option>()])
        {
            command.Options.Add(option);
        }
    }

    public ReportRequest Read(ParseResult parsed, ReportDefinition report)
    {
        var order = parsed.GetValue(_order) is { } text ? QueryOrder.Parse(text) : null;
        if (parsed.GetValue(_limit) is < 1)
        {
            throw new UsageException("--limit: must be 1 or more.");
        }

        return new ReportRequest
        {
            Report = report,
            From = parsed.GetValue(_from),
            To = parsed.GetValue(_to),
            Companies = parsed.GetValue(_companies) ?? [],
            Studios = parsed.GetValue(_studios) ?? [],
            Genres = parsed.GetValue(_genres) ?? [],
            Aggregate = parsed.GetValue(_aggregate),
            Popularity = parsed.GetValue(_popularity),
            Share = parsed.GetValue(_share),
            IsAsNamed = parsed.GetValue(_asNamed),
            Dollars = parsed.GetValue(_dollars),
            Top = parsed.GetValue(_top),
            Order = order?.Column,
            IsDescending = order is { IsDescending: true },
            Limit = parsed.GetValue(_limit),
        };
    }
}
