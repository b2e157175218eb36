using System.Data.Common;
using System.Globalization;
using CineLedger.Model;
using CineLedger.Storage;
using CineLedger.Storage.Studios;

namespace CineLedger.Reports.Studios;

/// <summary>The list of studios of a snapshot, and the companies that its TMDB IDs refer to.</summary>
public sealed class StudioCatalog
{
    private readonly ILookup<string, long> _ids;

    public StudioCatalog(IReadOnlyList<StudioLine> lines, IEnumerable<(string Company, long SourceId)> ids)
    {
        Lines = lines;
        _ids = ids.ToLookup(entry => entry.Company, entry => entry.SourceId, CompanyNameComparer.Instance);
        Names = [.. lines.Where(line => !line.IsIndependent).Select(line => line.Studio).Distinct(CompanyNameComparer.Instance).Order(StringComparer.Ordinal)];
    }

    /// <summary>The lines; empty if the ledger has no studios.</summary>
    public IReadOnlyList<StudioLine> Lines { get; }

    /// <summary>The names of all studios, sorted.</summary>
    public IReadOnlyList<string> Names { get; }

    public static async Task<StudioCatalog> ReadAsync(DbConnection connection, int snapshotId, CancellationToken cancellationToken)
    {
        var lines = await StudioRows.ReadLinesAsync(connection, snapshotId, cancellationToken).ConfigureAwait(false);
        var ids = lines.Select(line => line.SourceId).OfType<long>().Distinct().ToList();
        return new(lines, ids.Count == 0 ? [] : await connection.QueryAsync(
            $"""
            SELECT DISTINCT n.name, c.source_id FROM movie_company c JOIN company n ON n.company_id = c.company_id
            WHERE c.source_id IN ({string.Join(", ", ids.Select(id => id.ToString(CultureInfo.InvariantCulture)))})
            """,
            row => (row.GetString(0), row.GetInt64(1)),
            cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Returns the lines that make a whole studio part of another one, in order of time.</summary>
    public IReadOnlyList<StudioLine> GetOwners(string studio) =>
        [.. Lines.Where(line => AreSame(line.Company, studio) && !line.IsIndependent && !AreSame(line.Studio, studio)).OrderBy(line => line.FirstDay)];

    /// <summary>Returns the lines that make other studios part of a studio, in order of time.</summary>
    public IReadOnlyList<StudioLine> GetOwnedStudios(string studio) =>
    [
        .. Lines.Where(line => AreSame(line.Studio, studio) && !AreSame(line.Company, studio) && Names.Contains(line.Company, CompanyNameComparer.Instance))
            .OrderBy(line => line.FirstDay).ThenBy(line => line.Company, StringComparer.Ordinal),
    ];

    /// <summary>Returns the lines that make a company part of a studio on a day: the company's own, then those of the studios that belonged to the studio.</summary>
    /// <param name="company">The company's name in the ledger, or the name of a studio that belonged to another one.</param>
    /// <param name="studio">The studio; null if the company was independent.</param>
    /// <param name="day">A day of the ownership.</param>
    public IReadOnlyList<StudioLine> FindSources(string company, string? studio, DateOnly day)
    {
        var found = new List<StudioLine>();
        var ids = _ids[company].ToList();
        var line = Find(own => AreSame(own.Company, company)) ?? Find(own => own.SourceId is { } id && ids.Contains(id));
        while (line is not null && !found.Contains(line))
        {
            found.Add(line);
            var owned = line.Studio;
            line = AreSame(owned, studio ?? StudioLine.Independent) ? null : Find(owner => AreSame(owner.Company, owned));
        }

        return found;

        // A line ends where a later one begins.
        StudioLine? Find(Func<StudioLine, bool> isMatch) =>
            Lines.Where(line => isMatch(line) && line.FirstDay <= day && day <= line.LastDay).OrderByDescending(line => line.FirstDay).FirstOrDefault();
    }

    private static bool AreSame(string one, string other) => CompanyNameComparer.Instance.Equals(one, other);
}
