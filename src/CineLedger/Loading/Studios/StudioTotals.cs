using System.Data.Common;
using CineLedger.Model;
using CineLedger.Storage.Studios;

namespace CineLedger.Loading.Studios;

/// <summary>The studios of a snapshot.</summary>
/// <param name="Lines">The number of lines of the list.</param>
/// <param name="Companies">The number of companies in the ledger that belong to a studio at some time.</param>
/// <param name="Studios">The number of studios that have such a company.</param>
public sealed record StudioTotals(int Lines, int Companies, int Studios)
{
    /// <summary>The name of the list that a load used; null if the ledger kept its list.</summary>
    public string? ListName { get; init; }

    /// <summary>Why the list in a dataset was not used, as a sentence; null if there is none or if it was used.</summary>
    public string? Note { get; init; }

    /// <summary>Counts the companies that a list assigns.</summary>
    public static StudioTotals Create(IReadOnlyList<StudioLine> lines, CompanyReferences companies)
    {
        var owned = companies.Assign(CompanyOwnership.Resolve(lines)).Where(period => period.Owned.Studio is not null).ToList();
        return new(lines.Count, owned.Select(period => period.CompanyId).Distinct().Count(), owned.Select(period => period.Owned.Studio).Distinct().Count());
    }

    /// <summary>Counts the studios of a published snapshot; null if it has no list.</summary>
    internal static async Task<StudioTotals?> ReadAsync(DbConnection connection, int snapshotId, CancellationToken cancellationToken) =>
        await StudioRows.CountAsync(connection, snapshotId, cancellationToken).ConfigureAwait(false) is ( > 0 and var lines, var companies, var studios)
            ? new(lines, companies, studios)
            : null;
}
