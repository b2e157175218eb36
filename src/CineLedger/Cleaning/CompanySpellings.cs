using CineLedger.Model;

namespace CineLedger.Cleaning;

/// <summary>
/// Counts the spellings and TMDB IDs of companies in the movies of a load. From these it determines the name that each company is listed under, and the
/// findings about other spellings and about IDs with several companies.
/// </summary>
/// <remarks>It uses classes rather than structs, because generic framework code over own structs is JIT-compiled at every start.</remarks>
internal sealed class CompanySpellings
{
    private const string Field = "production_companies";

    private readonly Dictionary<string, Spelling> _spellings = [];
    private readonly Dictionary<string, Spelling> _companies = new(CompanyNameComparer.Instance);
    private readonly List<Spelling> _inOrder = [];

    /// <summary>The position in <see cref="_inOrder"/> of the first company under each ID, counted from 1.</summary>
    private readonly IdMap<long, int> _owners = new();
    private readonly HashSet<string> _sharedIds = [];
    private readonly List<Found> _shared = [];

    /// <summary>Counts the companies of a movie.</summary>
    /// <param name="movie">The movie.</param>
    /// <param name="location">A number that identifies the movie's record and grows in reading order.</param>
    public void Add(Movie movie, int location)
    {
        foreach (var company in movie.Companies.AsSpan())
        {
            Add(company, movie.Id, location);
        }

        if (movie.RepeatedCompanies.Count > 0)
        {
            foreach (var company in movie.RepeatedCompanies)
            {
                Add(company, movie.Id, location);
            }
        }
    }

    /// <summary>
    /// Returns the names of new companies whose most frequent spelling is not the first one, under which the load writes them. On a tie the first one stays.
    /// </summary>
    /// <param name="known">The names of the companies that the ledger already lists.</param>
    public IReadOnlyList<string> GetNewNames(HashSet<string> known) =>
        [.. _companies.Values.Where(company => company.MostFrequent != company.Name && !known.Contains(company.Name))
            .Select(company => company.MostFrequent)];

    /// <summary>
    /// Returns one finding for each spelling other than the company's name, and one for each further company under an ID of another one, in reading order.
    /// </summary>
    /// <param name="known">The names of the companies that the ledger already lists. They stay as they are.</param>
    /// <param name="locate">Returns the file and line of a location.</param>
    public IEnumerable<Finding> CreateFindings(HashSet<string> known, Func<int, (string File, int Line)> locate)
    {
        var all = new List<Found>(_shared);
        foreach (var spelling in _inOrder)
        {
            var name = known.Count > 0 && known.TryGetValue(spelling.Name, out var listed) ? listed : spelling.Company.MostFrequent;
            if (name != spelling.Name)
            {
                all.Add(new(Rules.Alias, spelling.MovieId, spelling.Location, $"{spelling.Name} → {name}"));
            }
        }

        all.Sort(static (one, other) => one.Location != other.Location ? one.Location.CompareTo(other.Location)
            : string.CompareOrdinal(one.Rule + one.Value, other.Rule + other.Value));
        foreach (var found in all)
        {
            var (file, line) = locate(found.Location);
            yield return new(Rules.Find(found.Rule)!.Kind, found.Rule, file, line, found.MovieId, Field, found.Value);
        }
    }

    private void Add(Company company, long movieId, int location)
    {
        if (!_spellings.TryGetValue(company.Name, out var spelling))
        {
            spelling = new(company.Name, movieId, location);
            spelling.Company = _companies.TryGetValue(company.Name, out var first) ? first : _companies[company.Name] = spelling;
            if (first is not null)
            {
                (first.Others ??= []).Add(spelling);
            }

            _spellings.Add(company.Name, spelling);
            _inOrder.Add(spelling);
            spelling.Number = _inOrder.Count;
        }

        spelling.Count++;
        if (company.SourceId is { } id && spelling.LastId != id)
        {
            spelling.LastId = id;
            AddId(id, spelling, movieId, location);
        }
    }

    private void AddId(long id, Spelling spelling, long movieId, int location)
    {
        ref var owner = ref _owners[id];
        owner = owner == 0 ? spelling.Company.Number : owner;
        var first = _inOrder[owner - 1];
        if (first != spelling.Company && _sharedIds.Add(FormattableString.Invariant($"{id} {spelling.Company.Number}")))
        {
            _shared.Add(new(Rules.SharedCompanyId, movieId, location, FormattableString.Invariant($"{spelling.Name} (ID {id} of {first.Name})")));
        }
    }

    /// <summary>A spelling, with its first movie and the location of that movie's record.</summary>
    private sealed class Spelling(string name, long movieId, int location)
    {
        public string Name => name;
        public long MovieId => movieId;
        public int Location => location;

        /// <summary>Its position in reading order, counted from 1.</summary>
        public int Number { get; set; }

        /// <summary>The movies that have it.</summary>
        public int Count { get; set; }

        /// <summary>The ID in the last of these movies that has one.</summary>
        public long? LastId { get; set; }

        /// <summary>The first spelling of the company.</summary>
        public Spelling Company { get; set; } = null!;

        /// <summary>The further spellings of the company in reading order, kept with the first one; null if there are none.</summary>
        public List<Spelling>? Others { get; set; }

        public string MostFrequent
        {
            get
            {
                var best = this;
                foreach (var other in Others ?? [])
                {
                    best = other.Count > best.Count ? other : best;
                }

                return best.Name;
            }
        }
    }

    /// <summary>A finding whose location is still a number.</summary>
    private sealed record Found(string Rule, long MovieId, int Location, string Value);
}
