namespace CineLedger.Reports.Search;

/// <summary>The first places of each rank that a search found, each place once with its best rank.</summary>
/// <param name="limit">The maximum number of places in a rank and in total.</param>
internal sealed class RankedPlaces(int limit)
{
    private readonly List<int>[] _places = [.. Enum.GetValues<MatchRank>().Select(_ => new List<int>())];

    /// <summary>Adds a place to its rank unless the rank is full. Places are added in ascending order within a rank.</summary>
    public void Add(MatchRank rank, int place)
    {
        // Two names of one movie follow each other.
        var places = _places[(int)rank];
        if (places.Count < limit && (places.Count == 0 || places[^1] != place))
        {
            places.Add(place);
        }
    }

    public bool IsFull(MatchRank rank) => _places[(int)rank].Count >= limit;

    /// <summary>Returns the best places.</summary>
    public IReadOnlyList<T> Select<T>(Func<int, MatchRank, T> select) =>
    [
        .. _places.Index().SelectMany(rank => rank.Item.Select(place => (Place: place, Rank: (MatchRank)rank.Index)))
            .DistinctBy(at => at.Place).Take(limit).Select(at => select(at.Place, at.Rank)),
    ];
}
