using CineLedger.Model;
using CineLedger.Reports.Studios;

namespace CineLedger.Web.Dashboard.Studios;

/// <summary>The companies of a studio on an axis of years: when it owned them, and when they released movies. The years of the page do not restrict it.</summary>
/// <param name="First">The year of the studio's first movie.</param>
/// <param name="Last">The year of its last movie.</param>
/// <param name="Bars">One bar per company and time of ownership, the company with the earliest movie first.</param>
public sealed record OwnershipTimeline(long First, long Last, IReadOnlyList<OwnershipBar> Bars)
{
    /// <summary>More bars would make the page unreadable. The companies with the most movies are kept.</summary>
    public const int MaxBars = 40;

    /// <summary>The number of companies and times that are not shown.</summary>
    public int Omitted { get; init; }

    public static async Task<OwnershipTimeline> ReadAsync(PageRequest request, string studio, StudioCatalog studios, CancellationToken cancellationToken)
    {
        var allYears = request.State.ForAllYears;
        var rows = (await StudioLabelTable.ReadRowsAsync(request, allYears, studio, cancellationToken)).Rows;
        if (rows.Count == 0)
        {
            return new(0, 0, []);
        }

        return new(
            rows.Min(row => row.GetInteger("first_year")),
            rows.Max(row => row.GetInteger("last_year")),
            [
                .. rows.Take(MaxBars).Select(row =>
                {
                    var (company, first) = (row.GetText("company"), StudioLabelTable.ParseDay(row.GetText("owned_from")));
                    return new OwnershipBar(
                        company,
                        first,
                        StudioLabelTable.ParseDay(row.GetText("owned_to")),
                        row.GetInteger("first_year"),
                        row.GetInteger("last_year"),
                        row.GetInteger("releases"),
                        studios.FindSources(company, studio, first));
                }).OrderBy(bar => bar.FirstMovie).ThenBy(bar => bar.Company, StringComparer.Ordinal),
            ])
        {
            Omitted = Math.Max(0, rows.Count - MaxBars),
        };
    }
}

/// <summary>A company while a studio owned it.</summary>
/// <param name="From">The first day; <see cref="PartialDate.Earliest"/> if there is no known beginning.</param>
/// <param name="To">The last day; <see cref="PartialDate.Latest"/> if it has not ended.</param>
/// <param name="FirstMovie">The year of the company's first movie in this time.</param>
/// <param name="LastMovie">The year of the last one.</param>
public sealed record OwnershipBar(string Company, DateOnly From, DateOnly To, long FirstMovie, long LastMovie, long Movies, IReadOnlyList<StudioLine> Sources)
{
    public bool HasOpenStart => From == PartialDate.Earliest;

    public bool HasOpenEnd => To == PartialDate.Latest;
}
