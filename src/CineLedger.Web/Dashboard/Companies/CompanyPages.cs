using CineLedger.Web.Dashboard.Comparison;
using CineLedger.Web.Dashboard.Entities;
using CineLedger.Web.Dashboard.Movies;
using CineLedger.Web.Http;

namespace CineLedger.Web.Dashboard.Companies;

/// <summary>The page with the ranking of companies, and the page of one company.</summary>
internal static class CompanyPages
{
    public static Parameter<string?> Search { get; } = Parameter.CreateText("q", "Only companies whose name contains this text, regardless of letter case and accents.");
    public static Parameter<string?> Order { get; } = Parameter.CreateText("order", "The column to sort by; append :desc for descending order.");
    public static Parameter<int?> PageNumber { get; } = Parameter.CreateInteger("page", "The page of the list, from 1.", min: 1, max: 100_000);
    public static Parameter<string?> Name { get; } = Parameter.CreateText("name", "The company's name.") with { IsInPath = true };
    public static Parameter<string?> ComparedMeasure { get; } = Parameter.CreateEnum("measure", CompanyMeasures.Names, "The measure to compare.");
    public static Parameter<string?> Genre { get; } = Parameter.CreateText("genre", "Only movies of this genre in the list of movies.");

    public static PageDefinition Companies { get; } = new()
    {
        Path = "/companies",
        Nav = new NavItem("Companies", "/companies", 10),
        Parameters = [Search, Order, PageNumber],
        HasDefaultYears = true,
        ReadContent = async (request, cancellationToken) =>
        {
            var model = await CompaniesModel.ReadAsync(request, cancellationToken);
            return new PageContent(model.Search is { } text ? $"Companies matching “{text}”" : "Companies", typeof(CompaniesPage), model) { HasCharts = true };
        },
    };

    public static PageDefinition Company { get; } = new()
    {
        Path = "/companies/{name}",
        Parameters = [Name, Order, PageNumber, ComparePages.With, ComparedMeasure, Genre],
        ReadTimelineFilter = NameKind.Company.CreateTimelineFilter(Name),
        HasDefaultYears = true,
        ReadContent = async (request, cancellationToken) =>
        {
            var name = request.Values.Get(Name)!;
            if (ComparePages.FindRedirect(request, NameKind.Company, name) is { } comparison)
            {
                return comparison;
            }

            if (FindOldListAddress(request, name) is { } list)
            {
                return new PageContent(name, typeof(EntityPage), request) { RedirectTo = list };
            }

            var numbers = await CompanyDetails.ReadAsync(request, name, cancellationToken);
            if (numbers is null)
            {
                return await UnknownName.CreatePageAsync(request, NameKind.Company, name, [], cancellationToken);
            }

            return (await CompanyModel.ReadAsync(request, numbers, cancellationToken)).CreatePage();
        },
    };

    /// <summary>Returns the address of the list of movies that the page contained in version 0.1, if the request asks for a part of it; otherwise null.</summary>
    private static string? FindOldListAddress(PageRequest request, string name)
    {
        var (genre, order) = (request.Values.Get(Genre), request.Values.Get(Order));
        return genre is null && order is null && request.Values.Get(PageNumber) is null ? null : MovieLinks.GetListPath(
            request.State, ("where", PageQuery.FilterByName("company", name)), ("genre", genre), ("order", order));
    }
}
