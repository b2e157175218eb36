using CineLedger.Web.Http;

namespace CineLedger.Web.Dashboard.Companies;

/// <summary>The ranking of companies, and the page of each.</summary>
internal static class CompanyPages
{
    public static Parameter<string?> Search { get; } = Parameter.CreateText("q", "Only companies whose name holds this text, whatever the case.");
    public static Parameter<string?> Order { get; } = Parameter.CreateText("order", "Ordered by this column, with :desc the largest first.");
    public static Parameter<int?> PageNumber { get; } = Parameter.CreateInteger("page", "Which part of the list.", min: 1, max: 100_000);
    public static Parameter<string?> Name { get; } = Parameter.CreateText("name", "The company's name.") with { IsInPath = true };
    public static Parameter<IReadOnlyList<string>> CompareWith { get; } = Parameter.CreateTexts("with", "Companies to compare it with.");
    public static Parameter<string?> ComparedMeasure { get; } = Parameter.CreateEnum("measure", CompanyMeasures.Names, "What is compared.");
    public static Parameter<string?> Genre { get; } = Parameter.CreateText("genre", "Only movies of this genre in the list of movies.");

    public static PageDefinition Companies { get; } = new()
    {
        Path = "/companies",
        Nav = new NavItem("Companies", "/companies", 10),
        Parameters = [Search, Order, PageNumber],
        ReadContent = async (request, cancellationToken) =>
        {
            var model = await CompaniesModel.ReadAsync(request, cancellationToken);
            return new PageContent(model.Search is { } text ? $"Companies with “{text}”" : "Companies", typeof(CompaniesPage), model) { HasCharts = true };
        },
    };

    public static PageDefinition Company { get; } = new()
    {
        Path = "/companies/{name}",
        Parameters = [Name, Order, PageNumber, CompareWith, ComparedMeasure, Genre],
        ReadContent = async (request, cancellationToken) =>
        {
            var name = request.Values.Get(Name)!;
            var numbers = await CompanyDetails.ReadAsync(request, name, cancellationToken);
            if (numbers is null)
            {
                return new PageContent("No such company", typeof(UnknownCompanyPage), await UnknownCompany.ReadAsync(request, name, cancellationToken)) { Status = 404 };
            }

            var model = await CompanyModel.ReadAsync(request, numbers, cancellationToken);
            return new PageContent(name, typeof(CompanyPage), model) { HasCharts = true, Coverage = model.Coverage };
        },
    };
}
