using CineLedger.Reports.Studios;
using CineLedger.Web.Dashboard.Entities;
using CineLedger.Web.Dashboard.Overview;

namespace CineLedger.Web.Dashboard.Studios;

/// <summary>Reads the page of one studio. The years of the page restrict everything but the times of ownership.</summary>
internal static class StudioModel
{
    private const int MaxGenres = 10;

    public static async Task<EntityModel> ReadAsync(PageRequest request, string name, StudioCatalog studios, CancellationToken cancellationToken)
    {
        var kind = NameKind.Studio;
        var (years, share, labels, timeline, genres, months, movies) = (
            EntityYears.ReadAsync(request, kind, name, cancellationToken),
            StudioShare.ReadAsync(request, name, cancellationToken),
            StudioLabelTable.ReadAsync(request, name, studios, cancellationToken),
            OwnershipTimeline.ReadAsync(request, name, studios, cancellationToken),
            TopEarners.ReadAsync(request, NameKind.Genre, MaxGenres, cancellationToken, (kind, name)),
            EntityMonths.ReadAsync(request, kind, name, cancellationToken),
            StudioMovies.ReadAsync(request, name, cancellationToken));
        await Task.WhenAll(years, share, labels, timeline, genres, months, movies);
        var (read, market, bars) = (await years, await share, await timeline);
        return new EntityModel(kind, name)
        {
            Facts = AddShare(read.CreateFacts(), request.State, market),
            Figures =
            [
                read.CreateAmounts(),
                market.Figure,
                new FigureView("labels", "Labels", (await labels).Table)
                {
                    Notes =
                    [
                        "The companies with movies in these years that were released while the studio owned the company.",
                        "A movie of two labels counts for both of them, but once for the studio.",
                    ],
                },
                (await genres).CreateFigure("top-genres", "Top genres by revenue", FigureNotes.GetShare(request.State, "genres")),
                .. await months,
                read.CreatePopularity(),
                .. await movies,
            ],
            Coverage = read.Coverage,
            Header = EntityModel.CreateFragment<StudioOwners>((nameof(StudioOwners.Owners), studios.GetOwners(name)), (nameof(StudioOwners.Owned), studios.GetOwnedStudios(name))),
            Footer = bars.Bars.Count == 0 ? null : EntityModel.CreateFragment<OwnershipChart>((nameof(OwnershipChart.Timeline), bars)),
        };
    }

    private static IReadOnlyList<Fact> AddShare(IReadOnlyList<Fact> facts, PageState state, StudioShare share) => facts.Count == 0
        ? facts
        :
        [
            facts[0],
            new("Share of all revenue", share.Total, Unit.Percent) { Detail = "of these years, each movie counted once", Link = state.GetLink("/studios") },
            .. facts.Skip(1),
        ];
}
