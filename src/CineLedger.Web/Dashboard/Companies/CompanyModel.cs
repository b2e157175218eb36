using CineLedger.Model;
using CineLedger.Reports.Studios;
using CineLedger.Web.Dashboard.Entities;

namespace CineLedger.Web.Dashboard.Companies;

/// <summary>Reads the page of one company.</summary>
internal static class CompanyModel
{
    public static async Task<EntityModel> ReadAsync(PageRequest request, CompanyDetails facts, CancellationToken cancellationToken)
    {
        var (kind, name) = (NameKind.Company, facts.Name);
        var (years, genres, months, seasons, studios, candidates) = (
            EntityYears.ReadAsync(request, kind, name, cancellationToken),
            GenreSplit.ReadAsync(request, kind, name, cancellationToken),
            CompanyMonths.ReadAsync(request, name, request.Values.Get(CompanyPages.ComparedMeasure) ?? "revenue", cancellationToken),
            EntityMonths.ReadAsync(request, kind, name, cancellationToken),
            ReadStudiosAsync(request, name, cancellationToken),
            request.Ledger.FindCandidatesAsync(kind.Dimension, name, cancellationToken));
        await Task.WhenAll(years, genres, months, seasons, studios, candidates);
        var read = await years;
        var header = new CompanyHeader.Content(facts, await studios, [.. (await candidates).Where(other => other.Dimension != kind.Dimension || other.Name != name)]);
        var undated = facts.Movies > facts.DatedMovies ? $"; {facts.Movies - facts.DatedMovies:N0} undated" : "";
        return new EntityModel(kind, name)
        {
            Facts = read.CreateFacts($"{CompanyHeader.FormatYears(facts)} overall{undated}"),
            Figures = [read.CreateAmounts(), await genres, read.CreatePopularity(), .. await seasons, await months, await read.ReadMoviesAsync(request, cancellationToken)],
            Coverage = read.Coverage,
            Header = EntityModel.CreateFragment<CompanyHeader>((nameof(CompanyHeader.Model), header)),
        };
    }

    private static async Task<IReadOnlyList<(CompanyStudio Period, IReadOnlyList<StudioLine> Sources)>> ReadStudiosAsync(
        PageRequest request, string company, CancellationToken cancellationToken)
    {
        var studios = await request.Ledger.ReadStudiosAsync(cancellationToken);
        var periods = studios.Lines.Count == 0 ? [] : await request.Ledger.ReadAsync(
            $"studios of company {company}", (connection, cancel) => CompanyStudio.ReadAsync(connection, company, request.Snapshot.Id, cancel), cancellationToken);
        return [.. periods.Reverse().Select(period => (period, studios.FindSources(company, period.Studio, period.First)))];
    }
}
