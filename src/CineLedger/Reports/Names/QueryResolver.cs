using CineLedger.Model;
using CineLedger.Reports.Queries;

namespace CineLedger.Reports.Names;

/// <summary>
/// Replaces the names in the conditions of a query with those of the ledger. A name that is unknown or ambiguous is an error, so that no result belongs to another name than
/// the one that was meant. See docs/decisions/0097-forgiving-names.md.
/// </summary>
public sealed class QueryResolver
{
    private readonly NameSource _source;
    private readonly List<string> _notes = [];

    private QueryResolver(NameSource source) => _source = source;

    /// <summary>
    /// Returns the query with the names of the ledger, and a note for each name that was not written in full. Throws <see cref="UsageException"/> with candidates for a name
    /// that is unknown or could be several, and for years without movies.
    /// </summary>
    public static async Task<ResolvedQuery> ResolveAsync(NameSource source, QueryRequest query, CancellationToken cancellationToken)
    {
        var resolved = await ResolveNamesAsync(source, query, cancellationToken).ConfigureAwait(false);
        await KnownYears.CheckAsync(source, query.Where, cancellationToken).ConfigureAwait(false);
        return resolved;
    }

    /// <summary>Does the same for names alone: pages say themselves that a range of years has no movies.</summary>
    public static async Task<ResolvedQuery> ResolveNamesAsync(NameSource source, QueryRequest query, CancellationToken cancellationToken)
    {
        await source.RequireTablesAsync(query, cancellationToken).ConfigureAwait(false);
        var resolver = new QueryResolver(source);
        var where = new List<QueryFilter>();
        foreach (var filter in query.Where)
        {
            where.Add(filter is { Field.Dimension: { Form: ValueForm.Text } dimension, Value: string name }
                ? filter with { Value = await resolver.ResolveAsync(filter, dimension, name, cancellationToken).ConfigureAwait(false) }
                : filter);
        }

        return new(query with { Where = where }, [.. resolver._notes.Distinct()]);
    }

    private async Task<string> ResolveAsync(QueryFilter filter, Dimension dimension, string name, CancellationToken cancellationToken)
    {
        // Only names of companies are often short for others; genre or country names that contain others are names of their own.
        var isCompany = dimension.Name == "company";
        var isKnown = await _source.ContainsAsync(dimension, name, cancellationToken).ConfigureAwait(false);
        if (isKnown && (filter.IsExact || !isCompany))
        {
            return name;
        }

        var text = new NameForm(name);
        var message = new NameMessage(filter, name);
        var found = new KnownName(name, [], 0);
        if (!isKnown)
        {
            var names = await _source.ReadAsync(dimension, cancellationToken).ConfigureAwait(false);
            var (equal, isPartial) = (NameMatches.FindEqual(text, names), false);
            if (equal.Count == 0 && !filter.IsExact)
            {
                (equal, isPartial) = (NameMatches.FindPartial(text, names), true);
            }

            if (equal.Count != 1)
            {
                var others = await FindOthersAsync(text, dimension, cancellationToken).ConfigureAwait(false);
                var similar = equal.Count > 1 ? equal : NameMatches.FindPartial(text, names).Concat(NameMatches.FindSimilar(text, names)).DistinctBy(other => other.Name);
                List<NameCandidate> candidates = [.. others, .. ToCandidates(dimension, similar)];
                throw equal.Count > 1 ? message.CreateAmbiguous(candidates, equal.Count) : message.CreateUnknown(candidates, [.. names.Select(other => other.Name)]);
            }

            found = equal[0];
            if (isPartial)
            {
                _notes.Add(message.DescribeReading(found.Name));
            }
        }

        if (isCompany && !filter.IsExact)
        {
            await CheckCompanyAsync(message, dimension, text, found, cancellationToken).ConfigureAwait(false);
        }

        return found.Name;
    }

    /// <summary>
    /// Throws if a company's name also occurs in names with many times its movies, or is that of a studio with many times its movies. Adds a note if they have several times
    /// its movies.
    /// </summary>
    private async Task CheckCompanyAsync(NameMessage message, Dimension dimension, NameForm text, KnownName company, CancellationToken cancellationToken)
    {
        var labels = await _source.ReadLabelsAsync(dimension, cancellationToken).ConfigureAwait(false);
        var longer = text.HasSameLetters(company.Form) ? NameMatches.FindLonger(company, labels) : [];
        var studios = await FindStudiosAsync(text.HasSameLetters, cancellationToken).ConfigureAwait(false);
        if (longer.Count + studios.Count == 0)
        {
            return;
        }

        var counted = await _source.CountAsync(dimension, [company.Name, .. longer.Select(other => other.Name)], cancellationToken).ConfigureAwait(false);
        var movies = counted.FirstOrDefault(other => other.Name == company.Name)?.Movies ?? 0;
        List<NameCandidate> others = [.. studios, .. ToCandidates(dimension, counted.Where(other => other.Name != company.Name && other.Movies > movies))];
        var most = others.Count == 0 ? 0 : others.Max(other => other.Movies);
        if (most > 0 && most >= NameMessage.ManyTimes * movies)
        {
            var related = await FindOthersAsync(text, dimension, cancellationToken).ConfigureAwait(false);
            throw message.CreateMisleading(new(dimension.Name, company.Name, movies), [.. studios.Union(related).Union(others)]);
        }

        if (most > 0 && most >= NameMessage.SeveralTimes * movies)
        {
            _notes.Add(message.DescribeLarger(new(dimension.Name, company.Name, movies), others.MaxBy(other => other.Movies)!));
        }
    }

    /// <summary>Returns studios that resemble the name of a company, or companies with exactly the name given for a studio: people confuse the two.</summary>
    private async Task<IReadOnlyList<NameCandidate>> FindOthersAsync(NameForm text, Dimension dimension, CancellationToken cancellationToken)
    {
        if (dimension.Name == "company")
        {
            var studios = await FindStudiosAsync(
                studio => text.AbbreviatesWordsOf(studio) || studio.IsPartOf(text) || text.IsNear(studio), cancellationToken).ConfigureAwait(false);
            return [.. studios.OrderByDescending(studio => new NameForm(studio.Name).HasSameLetters(text)).ThenByDescending(studio => studio.Movies).Take(2)];
        }

        if (dimension.Name != "studio")
        {
            return [];
        }

        var companies = Dimensions.Find("company", "--by");
        var labels = await _source.ReadLabelsAsync(companies, cancellationToken).ConfigureAwait(false);
        var same = labels.Where(label => label.Form.HasSameLetters(text)).Select(label => label.Name).ToList();
        return same.Count == 0 ? [] : ToCandidates(companies, await _source.CountAsync(companies, same, cancellationToken).ConfigureAwait(false));
    }

    private async Task<IReadOnlyList<NameCandidate>> FindStudiosAsync(Func<NameForm, bool> matches, CancellationToken cancellationToken)
    {
        if (!await _source.HasStudiosAsync(cancellationToken).ConfigureAwait(false))
        {
            return [];
        }

        var dimension = Dimensions.Find("studio", "--by");
        var labels = await _source.ReadLabelsAsync(dimension, cancellationToken).ConfigureAwait(false);
        var names = labels.Where(label => matches(label.Form)).Select(label => label.Name).ToList();
        return names.Count == 0 ? [] : ToCandidates(dimension, await _source.CountAsync(dimension, names, cancellationToken).ConfigureAwait(false));
    }

    private static IReadOnlyList<NameCandidate> ToCandidates(Dimension dimension, IEnumerable<KnownName> names) =>
        [.. names.Select(name => new NameCandidate(dimension.Name, name.Name, name.Movies))];
}

/// <summary>A query whose names are those of the ledger.</summary>
/// <param name="Query">The query.</param>
/// <param name="Notes">How names were read, one sentence each.</param>
public sealed record ResolvedQuery(QueryRequest Query, IReadOnlyList<string> Notes);
