using System.CommandLine;
using CineLedger.Reports;
using CineLedger.Reports.Queries;

namespace CineLedger.Cli;

/// <summary>The conditions on movies of reports and queries together.</summary>
internal sealed class MovieFilterOptions
{
    private readonly Option<int?> _from = QueryOption.From.Create<int?>();
    private readonly Option<int?> _to = QueryOption.To.Create<int?>();
    private readonly Option<string[]> _companies = QueryOption.Company.Create<string[]>();
    private readonly Option<string[]> _studios = QueryOption.Studio.Create<string[]>();
    private readonly Option<string[]> _genres = QueryOption.Genre.Create<string[]>();
    private readonly Option<string[]> _where = QueryOption.Where.Create<string[]>();
    private readonly Option<int?> _dollars = QueryOption.Dollars.Create<int?>();

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_from, _to, _companies, _studios, _genres, _where, _dollars])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Reads the conditions as a query of movies.</summary>
    public QueryRequest Read(ParseResult parsed)
    {
        // The years and names of a report are conditions of its query.
        var report = ReportSql.CreateQuery(new ReportRequest
        {
            Report = ReportDefinition.Companies,
            From = parsed.GetValue(_from),
            To = parsed.GetValue(_to),
            Companies = parsed.GetValue(_companies) ?? [],
            Studios = parsed.GetValue(_studios) ?? [],
            Genres = parsed.GetValue(_genres) ?? [],
        });
        return MovieList.CreateQuery([.. report.Where, .. (parsed.GetValue(_where) ?? []).SelectMany(FilterFields.Parse)], parsed.GetValue(_dollars));
    }
}
