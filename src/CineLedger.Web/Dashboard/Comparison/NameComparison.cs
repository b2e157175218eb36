using CineLedger.Reports;
using CineLedger.Reports.Queries;
using CineLedger.Web.Dashboard.Charts;
using CineLedger.Web.Http;

namespace CineLedger.Web.Dashboard.Comparison;

/// <summary>A company or studio compared with others, by year.</summary>
/// <param name="Measure">The measure that is compared, as in queries.</param>
/// <param name="Heading">Its heading.</param>
/// <param name="GetDownloadAddress">Returns the address of the download in a format; null is JSON.</param>
/// <param name="Others">The names to compare with, known or not.</param>
/// <param name="Unknown">Those of <paramref name="Others"/> that have no movies in the year range.</param>
/// <param name="Suggestions">The largest names of the year range, as suggestions.</param>
public sealed record NameComparison(
    NameKind Kind,
    string Measure,
    string Heading,
    Func<string?, string> GetDownloadAddress,
    ChartView Chart,
    TableView Table,
    IReadOnlyList<string> Others,
    IReadOnlyList<string> Unknown,
    IReadOnlyList<string> Suggestions)
{
    public const int MaxOthers = 4;

    public static Parameter<IReadOnlyList<string>> With { get; } = Parameter.CreateTexts("with", "Names to compare with.");

    public static async Task<NameComparison> ReadAsync(PageRequest request, NameKind kind, string own, string measure, CancellationToken cancellationToken)
    {
        var (use, dimension) = (Measures.Parse(measure), kind.Dimension);

        // Only totals have shares.
        var state = use.Applied is null ? request.State : request.State with { Aggregate = Aggregate.Sum };
        string[] others = [.. request.Values.Get(With).Select(name => name.Trim()).Where(name => name != own).Distinct(StringComparer.Ordinal)];
        if (others.Length > MaxOthers)
        {
            throw Errors.Problems.InvalidParameter("with", $"{others.Length} {kind.Section} are too many: at most {MaxOthers} can be compared.");
        }

        string[] all = [own, .. others];
        string[] measures = measure == "releases" ? ["releases"] : [measure, "releases"];
        var query = new PageQuery { By = ["year", dimension], Measures = measures, Where = [.. all.Select(name => PageQuery.FilterByName(dimension, name))] };
        var rows = (await request.Ledger.QueryAsync(query.CreateRequest(state), cancellationToken)).Rows;
        var sumQuery = query with { By = [dimension], Where = [.. query.Where, "year is known"] };
        var sums = (await request.Ledger.QueryAsync(sumQuery.CreateRequest(state), cancellationToken)).Rows
            .ToDictionary(row => row.GetText(dimension), StringComparer.Ordinal);
        var largestQuery = new PageQuery { By = [dimension], Measures = ["revenue"], Order = ["revenue:desc"], Limit = 10, Where = ["year is known"] };
        var largest = await request.Ledger.QueryAsync(largestQuery.CreateRequest(state), cancellationToken);
        var byYear = rows.ToDictionary(row => (Year: row.GetInteger("year"), Name: row.GetText(dimension)));
        var years = rows.Select(row => row.GetInteger("year")).Distinct().Order().ToList();
        return new NameComparison(
            kind,
            measure,
            use.GetHeading(),
            format => query.GetApiAddress(state, request.Snapshot.Id, format),
            new ChartView(
                ChartViewKind.Lines,
                use.Measure.GetDisplayUnit(),
                [.. years.Select(year => NumberFormat.FormatExact(year, Unit.Year))],
                [.. all.Select(name => new ChartViewSeries(name, [.. years.Select(year => byYear.TryGetValue((year, name), out var row) ? row.GetNumber(use.Column) : null)]))])
            { Name = $"{dimension}-comparison", Description = $"{use.GetHeading()} by year of {string.Join(", ", all)}." }.WithEveryYear(),
            new TableView(
                $"{ReportOptionNames.ToHeading(kind.Section)} by year",
                [new TableViewColumn("Year", Unit.Year), .. all.Select(name => new TableViewColumn(Truncate(name), use.Measure.GetDisplayUnit()) { Title = name })],
                [
                    .. years.AsEnumerable().Reverse().Select(year => new TableViewRow(
                    [
                        new TableViewCell(year) { Link = request.GetAddress(request.State with { From = (int)year, To = (int)year }) },
                        .. all.Select(name => byYear.TryGetValue((year, name), out var row)
                            ? new TableViewCell(row[use.Column]) { Link = GetMoviesLink(name, (int)year), Note = NumberFormat.FormatMovieCount(row.GetInteger("releases")) }
                            : new TableViewCell(null) { Note = "no movies" }),
                    ])),
                    new TableViewRow(
                    [
                        new TableViewCell("All years"),
                        .. all.Select(name => sums.TryGetValue(name, out var row)
                            ? new TableViewCell(row[use.Column]) { Link = GetMoviesLink(name, null) }
                            : new TableViewCell(null) { Note = "no movies" }),
                    ],
                    IsTotal: true),
                ]),
            others,
            [.. others.Where(name => !sums.ContainsKey(name))],
            [.. largest.Rows.Select(row => row.GetText(dimension)).Except(all).Take(5)]);

        string GetMoviesLink(string name, int? year) => kind.GetMoviesLink(year is null ? state : state with { From = year, To = year }, name);

        // Headings of number columns have little room. The full name is shown on hover.
        static string Truncate(string name) => name.Length > 28 ? name[..27] + "…" : name;
    }
}
