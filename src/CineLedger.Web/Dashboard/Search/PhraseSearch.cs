using CineLedger.Reports.Search;
using CineLedger.Web.Dashboard.Comparison;
using CineLedger.Web.Dashboard.Movies;
using CineLedger.Web.Dashboard.People;

namespace CineLedger.Web.Dashboard.Search;

/// <summary>Finds what a <see cref="SearchPhrase"/> describes: the comparison of its names, or a name in its years.</summary>
internal static class PhraseSearch
{
    /// <summary>The number of names that are looked through for movies of the years: "love 1995".</summary>
    private const int MaxNames = 1_000;

    /// <summary>The section of the comparison among the results.</summary>
    private const string Section = "compare";

    /// <summary>Returns the page that compares the names; null if they are not two to five names of one kind.</summary>
    public static async Task<SearchGroup?> FindComparisonAsync(
        PageRequest request, SearchPhrase phrase, IReadOnlyList<(SearchKind Kind, NameIndex Names)> indexes, CancellationToken cancellationToken)
    {
        if (phrase.Names.Count is < 2 or > NameComparison.MaxNames)
        {
            return null;
        }

        var texts = phrase.Names.Select(name => new SearchText(name)).ToList();
        var kinds = indexes.Where(index => index.Kind.Name != "movie")
            .Select(index => (index.Kind, Resolved: Resolve(index.Names, texts)))
            .Where(found => found.Resolved is not null)
            .OrderBy(found => found.Kind.Name == NameKind.Studio.Dimension && found.Resolved!.Value.Rank < MatchRank.NearName ? -1 : (int)found.Resolved!.Value.Rank);
        foreach (var (of, resolved) in kinds)
        {
            var names = resolved!.Value.Names;
            if (await FindKindAsync(request, of, names, cancellationToken) is { } kind)
            {
                var title = $"Compare {string.Join(", ", names.SkipLast(1))} and {names[^1]}{FormatYears(", ", phrase)}";
                return new(Section, [new(title, ComparePages.GetLink(AddYears(request.State, phrase), kind, names), kind.Section)]);
            }
        }

        return null;
    }

    /// <summary>Returns the results for the only name of a phrase, which lead to pages of the years of the phrase, and the movies released in these years.</summary>
    public static IReadOnlyList<SearchGroup> FindInYears(
        PageRequest request, SearchPhrase phrase, SearchText name, IReadOnlyList<(SearchKind Kind, NameIndex Names)> indexes, int limit)
    {
        var found = Find(index => index.Find(name, MaxNames));
        found = found.Exists(group => group.Names.Count > 0) ? found : Find(index => index.FindSimilar(name, MaxNames));
        return SearchModel.CreateGroups(found, (kind, of) => kind.Name == "movie"
            ? SearchModel.CreateResult(request.State, kind, of)
            : SearchModel.CreateResult(AddYears(request.State, phrase), kind, of) with { Detail = FormatYears("", phrase) });

        List<(SearchKind Kind, IReadOnlyList<FoundName> Names)> Find(Func<NameIndex, IReadOnlyList<FoundName>> find) =>
            [.. indexes.Select(index => (index.Kind, Select(index.Kind, find(index.Names))))];

        IReadOnlyList<FoundName> Select(SearchKind kind, IReadOnlyList<FoundName> names) => [.. names.Where(of => kind.Name != "movie" || IsInYears(of.Detail)).Take(limit)];

        bool IsInYears(int year) => year >= (phrase.From ?? int.MinValue) && year <= (phrase.To ?? int.MaxValue);
    }

    /// <summary>Returns the best match of each text and the rank of the worst of them; null if a text has no match, or two texts the same.</summary>
    private static (IReadOnlyList<string> Names, MatchRank Rank)? Resolve(NameIndex index, IReadOnlyList<SearchText> texts)
    {
        var (names, worst) = (new List<string>(), MatchRank.WholeName);
        foreach (var text in texts)
        {
            var found = index.Find(text, 1) is { Count: > 0 } exact ? exact : index.FindSimilar(text, 1);
            if (found is not [{ Name: var name, Rank: var rank }] || names.Contains(name, StringComparer.Ordinal))
            {
                return null;
            }

            names.Add(name);
            worst = rank > worst ? rank : worst;
        }

        return (names, worst);
    }

    /// <summary>
    /// Returns the kind in which names are compared. People are compared in a role that they all have, if possible the one in which the first has the most movies.
    /// </summary>
    private static async Task<NameKind?> FindKindAsync(PageRequest request, SearchKind kind, IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        if (kind.Name != "person")
        {
            return NameKind.All.First(known => known.Dimension == kind.Name);
        }

        var people = await Task.WhenAll(names.Select(name => PersonRoles.ReadAsync(request, name, null, cancellationToken)));
        return people[0].Movies.Select(role => role.Kind).FirstOrDefault(role => people.All(person => person.Movies.Any(other => other.Kind == role)));
    }

    private static PageState AddYears(PageState state, SearchPhrase phrase) =>
        phrase.HasYears ? state with { From = phrase.From, To = phrase.To, AllYears = false } : state;

    private static string FormatYears(string separator, SearchPhrase phrase) =>
        MovieListPage.FormatSpan(new PageState { From = phrase.From, To = phrase.To }) is { } span ? separator + span : "";
}
