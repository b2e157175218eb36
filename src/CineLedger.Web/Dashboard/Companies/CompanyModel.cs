using CineLedger.Model;
using CineLedger.Reports;
using CineLedger.Reports.Studios;
using CineLedger.Web.Dashboard.Charts;
using CineLedger.Web.Dashboard.Comparison;

namespace CineLedger.Web.Dashboard.Companies;

/// <summary>All data on the page of a company.</summary>
public sealed record CompanyModel
{
    public required CompanyDetails Facts { get; init; }
    public required Coverage Coverage { get; init; }
    public required IReadOnlyList<Fact> Sums { get; init; }
    public required CompanyYears Years { get; init; }
    public required CompanyGenres Genres { get; init; }
    public required NameComparison Comparison { get; init; }
    public required CompanyMonths Months { get; init; }
    public required IReadOnlyList<(CompanyStudio Period, IReadOnlyList<StudioLine> Sources)> Studios { get; init; }
    public required CompanyMovies Movies { get; init; }

    /// <summary>Studios and companies with many times the movies that the name may have been meant for; empty if the name is clear.</summary>
    public required IReadOnlyList<NameCandidate> Larger { get; init; }

    /// <summary>The measure that is compared with other companies and with the previous year.</summary>
    public required string Measure { get; init; }

    public static async Task<CompanyModel> ReadAsync(PageRequest request, CompanyDetails facts, CancellationToken cancellationToken)
    {
        var measure = request.Values.Get(CompanyPages.ComparedMeasure) ?? "revenue";
        var years = await CompanyYears.ReadAsync(request, facts.Name, cancellationToken);
        var candidates = await request.Ledger.FindCandidatesAsync("company", facts.Name, cancellationToken);
        return new CompanyModel
        {
            Facts = facts,
            Coverage = await request.Ledger.ReadCoverageAsync(years.Query.CreateRequest(request.State), cancellationToken),
            Sums = await ReadSumsAsync(request, facts, years, cancellationToken),
            Years = years,
            Genres = await CompanyGenres.ReadAsync(request, facts.Name, cancellationToken),
            Comparison = await NameComparison.ReadAsync(request, NameKind.Company, facts.Name, measure, cancellationToken),
            Months = await CompanyMonths.ReadAsync(request, facts.Name, measure, cancellationToken),
            Studios = await ReadStudiosAsync(request, facts.Name, cancellationToken),
            Larger = [.. candidates.Where(other => other.Dimension != "company" || other.Name != facts.Name)],
            Movies = await CompanyMovies.ReadAsync(request, facts.Name, cancellationToken),
            Measure = measure,
        };
    }

    /// <summary>Reads the times in which the company belonged to studios, the latest first.</summary>
    private static async Task<IReadOnlyList<(CompanyStudio Period, IReadOnlyList<StudioLine> Sources)>> ReadStudiosAsync(
        PageRequest request, string company, CancellationToken cancellationToken)
    {
        var studios = await request.Ledger.ReadStudiosAsync(cancellationToken);
        var periods = studios.Lines.Count == 0 ? [] : await request.Ledger.ReadAsync(
            $"studios of company {company}", (connection, cancel) => CompanyStudio.ReadAsync(connection, company, request.Snapshot.Id, cancel), cancellationToken);
        return [.. periods.Reverse().Select(period => (period, studios.FindSources(company, period.Studio, period.First)))];
    }

    private static async Task<IReadOnlyList<Fact>> ReadSumsAsync(PageRequest request, CompanyDetails facts, CompanyYears years, CancellationToken cancellationToken)
    {
        var query = years.Query with { By = ["company"], Where = [.. years.Query.Where, "year is known"] };
        if ((await request.Ledger.QueryAsync(query.CreateRequest(request.State), cancellationToken)).Rows is not [var sums])
        {
            return [];
        }

        var of = request.State.Aggregate == Aggregate.Sum ? "" : $", {ReportOptionNames.GetTitle(request.State.Aggregate)}";
        var movies = sums.GetInteger("releases");
        return
        [
            CreateAmount("Revenue", "revenue", "revenue_known"),
            CreateAmount("Budget", "budget", "budget_known"),
            CreateAmount("Profit (both known)", "matched_profit", "profit_known"),
            new("Movies", movies, Unit.Count)
            {
                Detail = FormattableString.Invariant(
                    $"{facts.FirstYear}–{facts.LastYear} overall{(facts.Movies > facts.DatedMovies ? $"; {facts.Movies - facts.DatedMovies:N0} undated" : "")}"),
                Link = NameKind.Company.GetMoviesLink(request.State, facts.Name),
            },
        ];

        Fact CreateAmount(string name, string measure, string known) => new(name + of, sums[measure], Unit.Money)
        {
            Detail = $"known for {sums.GetInteger(known):N0} of {NumberFormat.FormatMovieCount(movies)} "
                + $"({NumberFormat.FormatShort(NumberFormat.GetPercent(sums.GetInteger(known), movies), Unit.Percent)})",
            Link = NameKind.Company.GetMoviesLink(request.State, facts.Name),
        };
    }
}

/// <summary>The amounts and popularity of a company by year.</summary>
public sealed record CompanyYears(PageQuery Query, ChartView Amounts, TableView AmountTable, ChartView Popularity, TableView PopularityTable)
{
    public static async Task<CompanyYears> ReadAsync(PageRequest request, string company, CancellationToken cancellationToken)
    {
        var popularity = request.State.PopularityMeasure;
        var query = new PageQuery
        {
            By = ["year", "company"],
            Measures = ["releases", "revenue", "budget", "matched_profit", popularity, "revenue_known", "budget_known", "profit_known"],
            Where = [PageQuery.FilterByName("company", company)],
        };
        var years = await request.Ledger.QueryAsync(query.CreateRequest(request.State), cancellationToken);
        var amounts = AmountsByYear.Create(years, "company-amounts", company, Link);
        return new CompanyYears(
            query,
            amounts.Chart,
            amounts.Table,
            new ChartView(
                ChartViewKind.Lines,
                Unit.Measure,
                AmountsByYear.GetLabels(years),
                [AmountsByYear.CreateLine(years, MeasureDisplay.GetHeading(popularity), popularity, ChartColor.Foreground)])
            {
                Name = "company-popularity",
                Description = $"{MeasureDisplay.GetHeading(popularity)} of {company} by year, averaged over its movies.",
                Links = [.. years.Rows.Select(Link)],
            }.WithEveryYear(),
            AmountsByYear.CreateTable("Popularity by year", years, Link, ResultColumn.Create(popularity), ResultColumn.Create("releases")));

        string? Link(ResultRow row) => NameKind.Company.GetMoviesLink(request.State, company, row.GetInteger("year"));
    }
}
