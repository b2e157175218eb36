using System.CommandLine;
using CineLedger.Model;
using CineLedger.Reports;
using CineLedger.Reports.Queries;

namespace CineLedger.Cli;

/// <summary>The options of a report.</summary>
internal sealed class ReportOptions
{
    private readonly Option<int?> _from = new("--from") { Description = "First year of release.", HelpName = "YEAR" };
    private readonly Option<int?> _to = new("--to") { Description = "Last year of release.", HelpName = "YEAR" };
    private readonly Option<string[]> _companies = new("--company") { Description = "Only this company, by its exact name. May be repeated.", HelpName = "NAME" };
    private readonly Option<string[]> _genres = new("--genre") { Description = "Only this genre, by its exact name. May be repeated.", HelpName = "NAME" };
    private readonly Option<Aggregate> _aggregate =
        WordOption.Create<Aggregate>("--aggregate", ReportWords.Of, "What is made of the known amounts; default sum.");
    private readonly Option<Popularity> _popularity =
        WordOption.Create<Popularity>("--popularity", ReportWords.Of, "What popularity is the mean of; default popularity, TMDB's figure; weighted: IMDb's formula, ratings: of the viewers in ratings.csv.");
    private readonly Option<Share> _share =
        WordOption.Create<Share>("--share", ReportWords.Of, "A film's amount: full to each of its companies and genres, or split into equal parts; default full.");
    private readonly Option<string?> _order = new("--order") { Description = "Order by this column, :desc for the largest first.", HelpName = "COL[:desc]" };
    private readonly Option<int?> _limit = new("--limit") { Description = "At most so many rows.", HelpName = "N" };

    /// <param name="command">The command that is to have them.</param>
    /// <param name="rows">Whether also those that say which rows to show, and in which order.</param>
    public void AddTo(Command command, bool rows = true)
    {
        foreach (var option in (Option[])[_from, _to, _companies, _genres, _aggregate, _popularity, _share, .. rows ? (Option[])[_order, _limit] : []])
        {
            command.Options.Add(option);
        }
    }

    public ReportRequest Read(ParseResult parsed, ReportDefinition report)
    {
        var order = parsed.GetValue(_order) is { } text ? QueryOrder.Parse(text) : null;
        if (parsed.GetValue(_limit) is < 1)
        {
            throw new UsageException("--limit: a report of no rows says nothing; write 1 or more.");
        }

        return new ReportRequest
        {
            Report = report,
            From = parsed.GetValue(_from),
            To = parsed.GetValue(_to),
            Companies = parsed.GetValue(_companies) ?? [],
            Genres = parsed.GetValue(_genres) ?? [],
            Aggregate = parsed.GetValue(_aggregate),
            Popularity = parsed.GetValue(_popularity),
            Share = parsed.GetValue(_share),
            Order = order?.Column,
            Descending = order is { Descending: true },
            Limit = parsed.GetValue(_limit),
        };
    }
}
