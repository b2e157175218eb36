using CineLedger.Model;
using CineLedger.Web.Dashboard.Comparison;

namespace CineLedger.Web.Dashboard.Studios;

/// <summary>The page that compares all studios, and the page of one studio.</summary>
internal static class StudioPages
{
    public static PageDefinition Studios { get; } = new()
    {
        Path = "/studios",
        Nav = new NavItem("Studios", "/studios", 5),
        Parameters = [StudioParameters.Genres, StudioParameters.AsNamed, StudioParameters.Chart, StudioParameters.Top],
        HasDefaultYears = true,
        ReadContent = async (request, cancellationToken) =>
        {
            if (!request.Values.Get(StudioParameters.AsNamed) && (await request.Ledger.ReadStudiosAsync(cancellationToken)).Lines.Count == 0)
            {
                return new PageContent("Studios", typeof(NoStudiosPage), request);
            }

            var model = await StudiosModel.ReadAsync(request, cancellationToken);
            return new PageContent("Studios", typeof(StudiosPage), model) { HasCharts = true, Coverage = model.Coverage };
        },
    };

    public static PageDefinition Studio { get; } = new()
    {
        Path = "/studios/{name}",
        Parameters = [StudioParameters.Name, ComparePages.With, ComparePages.Measure, StudioParameters.MoviesBy],
        ReadTimelineFilter = NameKind.Studio.CreateTimelineFilter(StudioParameters.Name),
        HasDefaultYears = true,
        ReadContent = async (request, cancellationToken) =>
        {
            var (name, studios) = (request.Values.Get(StudioParameters.Name)!, await request.Ledger.ReadStudiosAsync(cancellationToken));
            if (studios.Names.FirstOrDefault(known => CompanyNameComparer.Instance.Equals(known, name)) is not { } studio)
            {
                return await UnknownName.CreatePageAsync(request, NameKind.Studio, name, [], cancellationToken);
            }

            if (ComparePages.FindRedirect(request, NameKind.Studio, studio) is { } comparison)
            {
                return comparison;
            }

            return (await StudioModel.ReadAsync(request, studio, studios, cancellationToken)).CreatePage();
        },
    };
}
