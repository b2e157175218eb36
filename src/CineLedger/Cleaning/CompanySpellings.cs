using System.Runtime.InteropServices;
using CineLedger.Model;

namespace CineLedger.Cleaning;

/// <summary>
/// Counts the spellings and TMDB IDs of companies in the movies of a load. From these it determines the name that each company is listed under, and the
/// findings about other spellings and about IDs with several companies.
/// </summary>
internal sealed class CompanySpellings
{
    private const string Field = "production_companies";

    private readonly Dictionary<Company, Mention> _mentions = [];

    /// <summary>Counts the companies of a movie.</summary>
    /// <param name="movie">The movie.</param>
    /// <param name="location">A number that identifies the movie's record and grows in reading order.</param>
    public void Add(Movie movie, int location)
    {
        foreach (var company in movie.Companies.AsSpan())
        {
            Add(company, movie.Id, location);
        }

        foreach (var company in movie.RepeatedCompanies)
        {
            Add(company, movie.Id, location);
        }
    }

    /// <summary>Returns the names under which new companies with several spellings are listed: the most frequent spelling, or the first one on a tie.</summary>
    /// <param name="known">The names of the companies that the ledger already lists.</param>
    public IReadOnlyList<string> GetNewNames(IReadOnlySet<string> known) =>
        [.. GroupSpellings().Where(company => company.Count > 1 && !known.Contains(company[0].Name)).Select(company => company[0].Name)];

    /// <summary>
    /// Returns one finding for each spelling other than the company's name, and one for each further company under an ID of another one, in reading order.
    /// </summary>
    /// <param name="known">The names of the companies that the ledger already lists. They stay as they are.</param>
    /// <param name="locate">Returns the file and line of a location.</param>
    public IEnumerable<Finding> CreateFindings(HashSet<string> known, Func<int, (string File, int Line)> locate) =>
        FindAliases(known).Concat(FindSharedIds()).OrderBy(found => found.First.Location).ThenBy(found => found.Rule, StringComparer.Ordinal)
            .ThenBy(found => found.Value, StringComparer.Ordinal)
            .Select(found =>
            {
                var (file, line) = locate(found.First.Location);
                return new Finding(Rules.Find(found.Rule)!.Kind, found.Rule, file, line, found.First.MovieId, Field, found.Value);
            });

    private void Add(Company company, long movieId, int location)
    {
        ref var mention = ref CollectionsMarshal.GetValueRefOrAddDefault(_mentions, company, out var isKnown);
        mention = isKnown ? mention with { Count = mention.Count + 1 } : new(1, movieId, location);
    }

    private IEnumerable<(string Rule, Mention First, string Value)> FindAliases(HashSet<string> known)
    {
        foreach (var company in GroupSpellings())
        {
            var name = known.TryGetValue(company[0].Name, out var listed) ? listed : company[0].Name;
            foreach (var spelling in company.Where(spelling => spelling.Name != name))
            {
                yield return (Rules.Alias, spelling.Mention, $"{spelling.Name} → {name}");
            }
        }
    }

    private IEnumerable<(string Rule, Mention First, string Value)> FindSharedIds()
    {
        foreach (var id in _mentions.Where(pair => pair.Key.SourceId is not null).GroupBy(pair => pair.Key.SourceId))
        {
            var names = id.OrderBy(pair => pair.Value.Location).DistinctBy(pair => pair.Key.Name, CompanyNameComparer.Instance).ToList();
            foreach (var (company, first) in names.Skip(1))
            {
                yield return (Rules.SharedCompanyId, first, $"{company.Name} has the ID {id.Key} of {names[0].Key.Name}");
            }
        }
    }

    /// <summary>Returns the spellings of each company, the most frequent one first.</summary>
    private IEnumerable<List<(string Name, Mention Mention)>> GroupSpellings() =>
        _mentions.GroupBy(pair => pair.Key.Name, CompanyNameComparer.Instance).Select(company => company
            .GroupBy(pair => pair.Key.Name, pair => pair.Value, StringComparer.Ordinal)
            .Select(spelling => (Name: spelling.Key, Mention: spelling.MinBy(mention => mention.Location) with { Count = spelling.Sum(mention => mention.Count) }))
            .OrderByDescending(spelling => spelling.Mention.Count).ThenBy(spelling => spelling.Mention.Location).ThenBy(spelling => spelling.Name, StringComparer.Ordinal)
            .ToList());

    /// <param name="Count">The number of movies.</param>
    /// <param name="MovieId">The first of them.</param>
    /// <param name="Location">The location of its record.</param>
    private readonly record struct Mention(int Count, long MovieId, int Location);
}
