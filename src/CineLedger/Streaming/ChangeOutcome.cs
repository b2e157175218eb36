using CineLedger.Model;

namespace CineLedger.Streaming;

/// <summary>The result of applying sets of changes to the movies that they affect.</summary>
internal sealed class ChangeOutcome
{
    private readonly Dictionary<long, (long Hash, bool Undated)> _known;
    private readonly Dictionary<long, MovieChange> _last = [];

    private ChangeOutcome(Dictionary<long, (long Hash, bool Undated)> known) => _known = known;

    /// <summary>Movies that are new or differ from the ledger's version.</summary>
    public IReadOnlyList<(Movie Movie, long Hash)> Upserted { get; private set; } = [];

    /// <summary>The written movies that replace a version in the ledger.</summary>
    public IReadOnlyCollection<long> Replaced { get; private set; } = [];

    /// <summary>Movies of the ledger that are deleted.</summary>
    public IReadOnlyCollection<long> Removed { get; private set; } = [];

    /// <summary>The counts of each set.</summary>
    public IReadOnlyList<ChangeCounts> Counts { get; private set; } = [];

    public bool IsEmpty => Upserted.Count == 0 && Removed.Count == 0;

    /// <param name="sets">The sets in order of arrival.</param>
    /// <param name="known">The affected movies that the ledger holds: content hash, and whether undated.</param>
    public static ChangeOutcome Create(IReadOnlyList<ChangeSet> sets, Dictionary<long, (long Hash, bool Undated)> known)
    {
        var outcome = new ChangeOutcome(known);
        outcome.Counts = [.. sets.Select(outcome.Apply)];
        outcome.Upserted =
        [
            .. outcome._last.Values.Where(change => change.Movie is not null && outcome.GetPreviousHash(change.Id) != change.Hash)
                .Select(change => (change.Movie!, change.Hash)),
        ];
        outcome.Replaced = [.. outcome.Upserted.Select(written => written.Movie.Id).Where(known.ContainsKey)];
        outcome.Removed = [.. outcome._last.Values.Where(change => change.Movie is null && known.ContainsKey(change.Id)).Select(change => change.Id)];
        return outcome;
    }

    /// <summary>Creates the ledger's next snapshot, whose counts are derived from those of the previous one.</summary>
    public Snapshot CreateSnapshot(Snapshot? before, string source, long records, DateTime startedAt)
    {
        var added = Upserted.Count - Replaced.Count;
        var undated = Upserted.Count(written => written.Movie.ReleaseYear is null) - Replaced.Concat(Removed).Count(id => _known[id].Undated);
        return new Snapshot(
            (before?.Id ?? 0) + 1, source, null, before?.Synthetic ?? false, startedAt, DateTime.UtcNow, records,
            (before?.Movies ?? 0) + added - Removed.Count, (before?.Undated ?? 0) + undated, added, Replaced.Count, Removed.Count);
    }

    private ChangeCounts Apply(ChangeSet set)
    {
        var (added, changed, removed, unchanged) = (0L, 0L, 0L, 0L);
        foreach (var change in set.Changes)
        {
            var now = _last.TryGetValue(change.Id, out var last) ? last.Hash : GetPreviousHash(change.Id);
            if (now == change.Hash)
            {
                unchanged++;
            }
            else if (change.Movie is null)
            {
                removed++;
            }
            else if (now == 0)
            {
                added++;
            }
            else
            {
                changed++;
            }

            _last[change.Id] = change;
        }

        return new ChangeCounts(set.Records, added, changed, removed, unchanged, set.Rejected);
    }

    /// <summary>Returns the content hash in the ledger; 0 when the ledger has no such movie.</summary>
    private long GetPreviousHash(long id) => _known.GetValueOrDefault(id).Hash;
}
