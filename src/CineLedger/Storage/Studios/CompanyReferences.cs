using System.Data.Common;
using System.Globalization;
using CineLedger.Model;

namespace CineLedger.Storage.Studios;

/// <summary>The companies of a ledger that the lines of a list of studios refer to, by name or by TMDB ID.</summary>
public sealed class CompanyReferences
{
    private readonly Dictionary<string, List<int>> _byName = new(CompanyNameComparer.Instance);
    private readonly Dictionary<long, List<int>> _bySourceId = [];

    private CompanyReferences()
    {
    }

    /// <summary>The names of the companies that were read.</summary>
    public IReadOnlyCollection<string> Names => _byName.Keys;

    /// <summary>Reads all companies, including those of the snapshot that is being written.</summary>
    public static Task<CompanyReferences> ReadAsync(DbConnection connection, IReadOnlyList<StudioLine> lines, CancellationToken cancellationToken) =>
        ReadAsync(connection, lines, static _ => true, cancellationToken);

    /// <summary>Reads only the companies that a list may assign: those that it names as companies or studios.</summary>
    internal static Task<CompanyReferences> ReadListedAsync(DbConnection connection, IReadOnlyList<StudioLine> lines, CancellationToken cancellationToken)
    {
        var listed = new HashSet<string>(CompanyNameComparer.Instance);
        foreach (var line in lines)
        {
            listed.Add(line.Company);
            listed.Add(line.Studio);
        }

        return ReadAsync(connection, lines, listed.Contains, cancellationToken);
    }

    private static async Task<CompanyReferences> ReadAsync(DbConnection connection, IReadOnlyList<StudioLine> lines, Predicate<string> select, CancellationToken cancellationToken)
    {
        var references = new CompanyReferences();
        await connection.ReadEachAsync(
            "SELECT company_id, name FROM company",
            row =>
            {
                if (row.GetString(1) is var name && select(name))
                {
                    Add(references._byName, name, row.GetInt32(0));
                }
            },
            cancellationToken).ConfigureAwait(false);
        var ids = lines.Select(line => line.SourceId).OfType<long>().Distinct().ToList();
        if (ids.Count > 0)
        {
            await connection.ReadEachAsync(
                $"SELECT DISTINCT source_id, company_id FROM movie_company WHERE source_id IN ({string.Join(", ", ids.Select(id => id.ToString(CultureInfo.InvariantCulture)))})",
                row => Add(references._bySourceId, row.GetInt64(0), row.GetInt32(1)),
                cancellationToken).ConfigureAwait(false);
        }

        return references;
    }

    /// <summary>Returns whether the ledger has a company that a line refers to.</summary>
    public bool Knows(string company) => Find(company).Count > 0;

    /// <summary>
    /// Returns the periods of each company, which do not overlap. A line with a name has precedence over one with a TMDB ID, and an earlier one over a later one, in
    /// the days of both.
    /// </summary>
    internal IEnumerable<(int CompanyId, CompanyOwnership Owned)> Assign(IReadOnlyList<CompanyOwnership> owned)
    {
        var taken = new Dictionary<int, List<CompanyOwnership>>();
        foreach (var period in owned.OrderBy(period => StudioLine.ParseSourceId(period.Company) is null ? 0 : 1))
        {
            foreach (var company in Find(period.Company))
            {
                var others = taken.TryGetValue(company, out var known) ? known : taken[company] = [];
                IEnumerable<CompanyOwnership> parts = [period];
                foreach (var other in others)
                {
                    parts = parts.SelectMany(part => part.Without(other.First, other.Last));
                }

                foreach (var part in parts.ToList())
                {
                    others.Add(part);
                    yield return (company, part);
                }
            }
        }
    }

    /// <summary>Returns the IDs of the companies that a line refers to: none, one, or the names of a TMDB ID.</summary>
    internal IReadOnlyList<int> Find(string company) =>
        (StudioLine.ParseSourceId(company) is { } id ? _bySourceId.GetValueOrDefault(id) : _byName.GetValueOrDefault(company)) ?? [];

    private static void Add<T>(Dictionary<T, List<int>> ids, T key, int id)
        where T : notnull
    {
        if (!ids.TryGetValue(key, out var known))
        {
            ids[key] = known = [];
        }

        known.Add(id);
    }
}
