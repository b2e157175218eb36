using CineLedger.Web.Http;

namespace CineLedger.Web.Dashboard.Companies;

/// <summary>The ranking of companies, and the page of each.</summary>
internal static class CompanyPages
{
    public static Parameter<string?> Containing { get; } = Parameter.Text("q", "Only companies whose name holds this text, whatever the case.");
    public static Parameter<string?> Order { get; } = Parameter.Text("order", "Ordered by this column, with :desc the largest first.");
    public static Parameter<int?> Part { get; } = Parameter.Whole("page", "Which part of the list.", least: 1, most: 100_000);
    public static Parameter<string?> Name { get; } = Parameter.Text("name", "The company's name.") with { InPath = true };
    public static Parameter<IReadOnlyList<string>> With { get; } = Parameter.Texts("with", "Companies to compare it with.");
    public static Parameter<string?> Measured { get; } = Parameter.Word("measure", CompanyMeasures.Names, "What is compared.");
    public static Parameter<string?> Genre { get; } = Parameter.Text("genre", "Only films of this genre in the list of films.");

    public static Page Companies { get; } = new()
    {
        Path = "/companies",
        Nav = new NavEntry("Companies", "/companies", 10),
        Parameters = [Containing, Order, Part],
        Read = async (request, cancellationToken) =>
        {
            var model = await RankingModel.ReadAsync(request, cancellationToken);
            return new PageContent(model.Wanted is { } text ? $"Companies with “{text}”" : "Companies", typeof(RankingPage), model) { HasCharts = true };
        },
    };

    public static Page Company { get; } = new()
    {
        Path = "/companies/{name}",
        Parameters = [Name, Order, Part, With, Measured, Genre],
        Read = async (request, cancellationToken) =>
        {
            var name = request.Values.Get(Name)!;
            var numbers = await CompanyFacts.ReadAsync(request, name, cancellationToken);
            if (numbers is null)
            {
                return new PageContent("No such company", typeof(UnknownCompanyPage), await UnknownCompany.ReadAsync(request, name, cancellationToken)) { Status = 404 };
            }

            var model = await CompanyModel.ReadAsync(request, numbers, cancellationToken);
            return new PageContent(name, typeof(CompanyPage), model) { HasCharts = true, Coverage = model.Coverage };
        },
    };
}
