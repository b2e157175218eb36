using System.Data.Common;
using CineLedger.Model;
using CineLedger.Storage.Studios;

namespace CineLedger.Reports.Studios;

/// <summary>How much of a snapshot a list of studios covers. The amounts are sums of known revenues in dollars; each movie counts once.</summary>
/// <param name="Movies">The movies with known revenue.</param>
/// <param name="Total">Their revenue.</param>
/// <param name="UnderStudio">The part of movies of which at least one company had a studio on the release date.</param>
/// <param name="Independent">The part of other movies of which at least one company is marked as independent.</param>
/// <param name="Unsourced">The part of <paramref name="UnderStudio"/> and <paramref name="Independent"/> that only lines without a source cover.</param>
public sealed record StudioCoverage(long Movies, decimal Total, decimal UnderStudio, decimal Independent, decimal Unsourced)
{
    /// <summary>The number of companies with the highest revenue that are examined.</summary>
    public const int MaxLargest = 500;

    private const int MaxUnassigned = 10;

    /// <summary>The part of movies of which no company is in the list on the release date.</summary>
    public decimal Unlisted => Total - UnderStudio - Independent;

    /// <summary>The number of companies with the highest revenue: <see cref="MaxLargest"/>, or all if there are fewer.</summary>
    public required int Largest { get; init; }

    /// <summary>Those of <see cref="Largest"/> that have a studio at some time.</summary>
    public required int LargestUnderStudio { get; init; }

    /// <summary>Those of <see cref="Largest"/> that are only independent.</summary>
    public required int LargestIndependent { get; init; }

    /// <summary>The ten companies with the highest revenue that the list does not assign, the highest first.</summary>
    public required IReadOnlyList<CompanyRevenue> Unassigned { get; init; }

    /// <summary>Computes the coverage of a valid list, which need not be the ledger's.</summary>
    public static async Task<StudioCoverage> ReadAsync(
        DbConnection connection, IReadOnlyList<StudioLine> lines, CompanyReferences companies, Snapshot snapshot, CancellationToken cancellationToken)
    {
        var all = await StudioMovies.ReadAsync(connection, lines, companies, snapshot, cancellationToken).ConfigureAwait(false);
        var (movies, total, underStudio, independent, unsourced) = (0L, 0m, 0m, 0m, 0m);
        foreach (var movie in all.Movies)
        {
            if (movie.Revenue is { } revenue)
            {
                movies++;
                total += revenue;
                var owners = all.GetOwners(movie).ToList();
                var studios = owners.Where(owner => owner.Studio is not null).ToList();
                underStudio += studios.Count > 0 ? revenue : 0;
                independent += studios.Count == 0 && owners.Count > 0 ? revenue : 0;
                unsourced += owners.Count > 0 && !(studios.Count > 0 ? studios : owners).Exists(owner => owner.IsSourced) ? revenue : 0;
            }
        }

        var largest = all.Companies.Take(MaxLargest).ToList();
        return new(movies, total, underStudio, independent, unsourced)
        {
            Largest = largest.Count,
            LargestUnderStudio = largest.Count(company => all.GetPeriods(company.Id).Any(period => period.Studio is not null)),
            LargestIndependent = largest.Count(company => all.GetPeriods(company.Id).Any() && all.GetPeriods(company.Id).All(period => period.Studio is null)),
            Unassigned = [.. all.Companies.Where(company => !all.GetPeriods(company.Id).Any()).Take(MaxUnassigned)],
        };
    }
}
