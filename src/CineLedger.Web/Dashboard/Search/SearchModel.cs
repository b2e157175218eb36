using System.Globalization;
using CineLedger.Reports.Search;
using CineLedger.Web.Dashboard.Movies;

namespace CineLedger.Web.Dashboard.Search;

/// <summary>The names and titles that a search finds, by kind.</summary>
/// <param name="Text">The text to search for; null for none.</param>
/// <param name="Kind">The only kind that was searched; null for all.</param>
/// <param name="Groups">The kinds with results, the one with the best match first.</param>
public sealed record SearchModel(string? Text, string? Kind, IReadOnlyList<SearchGroup> Groups)
{
    public const int MaxTextLength = 100;
    private const int MaxResults = 8;

    /// <summary>With fewer results than this, names that differ by one letter are added.</summary>
    private const int MinExact = 3;

    public string Title => Text is null ? "Search" : $"Search: {Text}";

    public static async Task<SearchModel> ReadAsync(PageRequest request, CancellationToken cancellationToken)
    {
        var (text, kind) = (request.Values.Get(SearchPages.Text)?.Trim(), request.Values.Get(SearchPages.Kind));
        if (string.IsNullOrEmpty(text))
        {
            // The search field requests the page without a text when it gets the focus, so that the names are in memory before the user types a letter.
            await ReadIndexesAsync(request, kind, cancellationToken);
            return new(null, kind, []);
        }

        return new(text, kind, await FindAsync(request, text, kind, cancellationToken));
    }

    /// <summary>Returns the names and titles that match, by kind.</summary>
    public static async Task<IReadOnlyList<SearchGroup>> FindAsync(PageRequest request, string text, string? kind, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > MaxTextLength)
        {
            return [];
        }

        var search = new SearchText(text);
        var indexes = await ReadIndexesAsync(request, kind, cancellationToken);
        var phrase = kind is null ? SearchPhrase.Parse(text) : null;
        var found = indexes.ConvertAll(index => (index.Kind, Names: index.Names.Find(search, MaxResults)));

        // The text may be a title, even if it looks like a phrase: "Alien vs. Predator", "Blade Runner 2049".
        var isTitle = found.Exists(group => group.Names.Count > 0 && group.Names[0].Rank < MatchRank.Parts);
        if (phrase is { Names: [var name] } && !isTitle && PhraseSearch.FindInYears(request, phrase, new SearchText(name), indexes, MaxResults) is { Count: > 0 } ofYears)
        {
            return ofYears;
        }

        if (found.Sum(group => group.Names.Count) < MinExact)
        {
            found = [.. found.Zip(indexes, (group, index) => (group.Kind, Names: Extend(group.Names, index.Names.FindSimilar(search, MaxResults))))];
        }

        var groups = CreateGroups(found, (of, name) => CreateResult(request.State, of, name));
        return phrase is null || await PhraseSearch.FindComparisonAsync(request, phrase, indexes, cancellationToken) is not { } comparison ? groups
            : isTitle ? [.. groups, comparison]
            : [comparison, .. groups];

        static IReadOnlyList<FoundName> Extend(IReadOnlyList<FoundName> exact, IReadOnlyList<FoundName> similar) =>
            [.. exact.Concat(similar).DistinctBy(name => (name.Name, name.Id)).Take(MaxResults)];
    }

    /// <summary>Returns the kinds with results, the one with the best match first.</summary>
    internal static IReadOnlyList<SearchGroup> CreateGroups(
        IEnumerable<(SearchKind Kind, IReadOnlyList<FoundName> Names)> found, Func<SearchKind, FoundName, SearchResult> create) =>
    [
        .. found.Where(group => group.Names.Count > 0)
            .OrderBy(group => group.Names[0].Rank)
            .Select(group => new SearchGroup(group.Kind.Section, [.. group.Names.Select(name => create(group.Kind, name))])),
    ];

    private static async Task<List<(SearchKind Kind, NameIndex Names)>> ReadIndexesAsync(PageRequest request, string? only, CancellationToken cancellationToken)
    {
        var kinds = SearchKind.All.Where(kind => only is null || kind.Name == only).ToList();
        var names = await Task.WhenAll(kinds.Select(kind => request.Ledger.ReadIndexAsync(kind, cancellationToken)));
        return [.. kinds.Zip(names)];
    }

    internal static SearchResult CreateResult(PageState state, SearchKind kind, FoundName found) => kind.Name == "movie"
        ? new(found.Name, MovieLinks.GetMoviePath(state, found.Id), found.Detail == 0 ? "" : found.Detail.ToString(CultureInfo.InvariantCulture), found.OtherName)
        : new(found.Name, GetLink(state, kind, found.Name), NumberFormat.FormatMovieCount(found.Detail));

    /// <summary>Returns the page of a name or, without such pages, the list of its movies. People are actors in queries unless they have pages.</summary>
    private static string GetLink(PageState state, SearchKind kind, string name) =>
        MovieLinks.GetNamePath(state, kind.Section, kind.Name == "person" ? "actor" : kind.Name, name);
}

/// <param name="Section">The plural of the kind: <c>companies</c>.</param>
public sealed record SearchGroup(string Section, IReadOnlyList<SearchResult> Results);

/// <param name="Name">The name or title.</param>
/// <param name="Link">The address of its page.</param>
/// <param name="Detail">The year of a movie, or the number of movies of a name.</param>
/// <param name="OtherName">The original title of a movie; null if it is the same, and for other names.</param>
public sealed record SearchResult(string Name, string Link, string Detail, string? OtherName = null);
