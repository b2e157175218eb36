using System.Data.Common;
using CineLedger.Model;
using CineLedger.Storage.Studios;

namespace CineLedger.Reports.Studios;

/// <summary>Suggests studios for the companies that a list does not name. A suggestion is a hint for a person to look up, never a decision.</summary>
public static class StudioSuggestions
{
    /// <summary>Shorter names, such as "Arte", are part of too many others.</summary>
    private const int MinNameLength = 5;

    private const int MinSharedMovies = 3;

    /// <summary>Returns the companies with the highest revenue that no line names: a row for each suggested studio, or one without a studio.</summary>
    /// <param name="connection">A connection to the ledger.</param>
    /// <param name="lines">A valid list.</param>
    /// <param name="snapshot">The snapshot whose movies are examined.</param>
    /// <param name="limit">The maximum number of companies.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public static async Task<IReadOnlyList<StudioSuggestion>> ReadAsync(
        DbConnection connection, IReadOnlyList<StudioLine> lines, Snapshot snapshot, int limit, CancellationToken cancellationToken)
    {
        var companies = await CompanyReferences.ReadAsync(connection, lines, cancellationToken).ConfigureAwait(false);
        var all = await StudioMovies.ReadAsync(connection, lines, companies, snapshot, cancellationToken).ConfigureAwait(false);
        var named = GetNames(lines);
        var chosen = all.Companies.Where(company => !all.GetPeriods(company.Id).Any()).Take(limit).ToList();
        var shared = CountShared(all, chosen.Select(company => company.Id).ToHashSet());
        var known = named.Values.ToList();
        var similar = SimilarNames.Find([.. chosen.Select(company => company.Name), .. known.Select(other => other.Name)], cancellationToken).Keys
            .Where(pair => pair.First < chosen.Count && pair.Second >= chosen.Count).ToLookup(pair => pair.First, pair => known[pair.Second - chosen.Count]);
        return
        [
            .. chosen.SelectMany((company, i) => FindReasons(company, named, similar[i], shared).GroupBy(hint => hint.Studio)
                .OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => new StudioSuggestion(company, group.Key, string.Join("; ", group.Select(hint => hint.Reason))))
                .DefaultIfEmpty(new(company, null, null))),
        ];
    }

    /// <summary>Returns the names of the studios and of the listed companies, with the last studio of each, by the form in which they are compared.</summary>
    private static Dictionary<string, (string Name, string Studio)> GetNames(IReadOnlyList<StudioLine> lines)
    {
        var names = new Dictionary<string, (string, string)>(StringComparer.Ordinal);
        foreach (var owned in CompanyOwnership.Resolve(lines).Where(owned => owned.Line?.SourceId is null).OrderBy(owned => owned.Last))
        {
            names[GetWords(owned.Company)] = (owned.Company, owned.Studio ?? StudioLine.Independent);
        }

        return names;
    }

    private static IEnumerable<(string Studio, string Reason)> FindReasons(
        CompanyRevenue company, Dictionary<string, (string Name, string Studio)> names, IEnumerable<(string Name, string Studio)> similar,
        Dictionary<(int, string), int> shared)
    {
        var words = GetWords(company.Name);
        foreach (var (other, (name, studio)) in names)
        {
            if (other.Length >= MinNameLength && Contains(words, other))
            {
                yield return (studio, $"the name contains '{name}'");
            }
            else if (words.Length >= MinNameLength && Contains(other, words))
            {
                yield return (studio, $"the name is part of '{name}'");
            }
        }

        foreach (var (name, studio) in similar)
        {
            yield return (studio, $"the name resembles '{name}'");
        }

        foreach (var ((_, studio), movies) in shared.Where(pair => pair.Key.Item1 == company.Id))
        {
            if (movies >= MinSharedMovies && movies * 5 >= company.Movies * 4)
            {
                yield return (studio, FormattableString.Invariant($"{movies} of its {company.Movies} movies are also movies of {studio}"));
            }
        }
    }

    /// <summary>Counts the movies that a company shares with each studio.</summary>
    private static Dictionary<(int Company, string Studio), int> CountShared(StudioMovies all, HashSet<int> chosen)
    {
        var shared = new Dictionary<(int, string), int>();
        foreach (var movie in all.Movies.Where(movie => movie.Companies.Overlaps(chosen)))
        {
            foreach (var studio in all.GetOwners(movie).Select(owner => owner.Studio).OfType<string>().Distinct())
            {
                foreach (var company in movie.Companies.Where(chosen.Contains))
                {
                    shared[(company, studio)] = shared.GetValueOrDefault((company, studio)) + 1;
                }
            }
        }

        return shared;
    }

    private static bool Contains(string text, string words) => $" {text} ".Contains($" {words} ", StringComparison.Ordinal);

    private static string GetWords(string name) => string.Join(' ', SimilarNames.SplitWords(name));
}

/// <param name="Company">A company that the list does not name.</param>
/// <param name="Studio">The suggested studio, or <c>independent</c>; null without a suggestion.</param>
/// <param name="Reason">Why it is suggested; null without a suggestion.</param>
public sealed record StudioSuggestion(CompanyRevenue Company, string? Studio, string? Reason);
