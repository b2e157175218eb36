using CineLedger.Model;

namespace CineLedger.Cleaning;

/// <summary>
/// Chooses among the records that one file has of a movie: an exact copy is dropped; of different ones the rule names the winner, and the other one is dropped. Winners that
/// come after a beaten first record wait here, because the rows of that one are already written.
/// </summary>
/// <param name="lines">Where records stand.</param>
internal abstract class Duplicates<T>(MovieLines lines)
    where T : struct
{
    private readonly Dictionary<long, T> _laterWinners = [];
    private readonly Dictionary<long, (RecordState Beaten, RecordState Winner)> _beatenFirst = [];

    /// <summary>Movies whose first record was beaten by a later one.</summary>
    public IReadOnlyCollection<long> BeatenFirst => _beatenFirst.Keys;

    /// <summary>The records that beat them.</summary>
    public IReadOnlyCollection<T> LaterWinners => _laterWinners.Values;

    public abstract RecordKey KeyOf(T record);

    /// <summary>
    /// Judges a record of a movie that the load has met before, and keeps the winner in <paramref name="best"/>. Returns the finding about the record that is dropped; null when it
    /// has to wait for <see cref="FindingOfFirst"/>.
    /// </summary>
    public Finding? Judge(ref RecordState best, T record)
    {
        var key = KeyOf(record);
        var line = lines.Take(key.Line);
        if (key.Hash == best.Hash)
        {
            return new(FindingKind.Drop, Rules.DuplicateRecord, lines.File, key.Line, key.MovieId, null, $"same as {lines.Text(best.Line)}");
        }

        var (beaten, later) = (best, best);
        later.Set(key, line);
        if (!LaterWins(key.Rank, best.Rank))
        {
            return Loser(key.MovieId, record, later, best);
        }

        T? content = null;
        if (_laterWinners.TryGetValue(key.MovieId, out var winner))
        {
            content = winner;
        }
        else
        {
            _beatenFirst[key.MovieId] = (beaten, later);
        }

        _laterWinners[key.MovieId] = record;
        best = later;
        return Loser(key.MovieId, content, beaten, later);
    }

    /// <summary>The finding about a first record that was beaten, once its content has been read back.</summary>
    public Finding FindingOfFirst(T record)
    {
        var id = KeyOf(record).MovieId;
        return Loser(id, record, _beatenFirst[id].Beaten, _beatenFirst[id].Winner)!;
    }

    /// <summary>The rule: whether a later record takes the place of the best one so far, whose content is another.</summary>
    protected abstract bool LaterWins(int rank, int bestRank);

    /// <summary>What the finding keeps of the record that is dropped; null when that needs its content and <paramref name="loser"/> is not at hand.</summary>
    protected abstract string? Describe(T? loser, int rank, int winnerRank);

    private Finding? Loser(long movieId, T? loser, RecordState beaten, RecordState winner)
    {
        var (file, line) = lines.Of(beaten.Line);
        return Describe(loser, beaten.Rank, winner.Rank) is { } text
            ? new(FindingKind.Drop, Rules.ConflictingDuplicate, file, line, movieId, null, $"beaten by {lines.Text(winner.Line)}: {text}")
            : null;
    }
}

/// <summary>Of different records of a movie that with the most votes wins, the later one on a tie. The finding keeps the whole loser.</summary>
internal sealed class MovieDuplicates(MovieLines lines) : Duplicates<(Movie Movie, long Hash)>(lines)
{
    public override RecordKey KeyOf((Movie Movie, long Hash) record) => new(record.Movie.Id, record.Movie.Line, record.Hash, record.Movie.VoteCount ?? -1);

    protected override bool LaterWins(int rank, int bestRank) => rank >= bestRank;

    protected override string? Describe((Movie Movie, long Hash)? loser, int rank, int winnerRank) => loser is { } known ? TmdbJson.ToText(known.Movie) : null;
}

/// <summary>Of different lists of a movie the later one wins: they have nothing like votes to go by. The finding keeps their lengths.</summary>
internal sealed class ListDuplicates<T>(MovieLines lines) : Duplicates<MovieItems<T>>(lines)
{
    public override RecordKey KeyOf(MovieItems<T> record) => new(record.MovieId, record.Line, record.Hash, record.Items.Count);

    protected override bool LaterWins(int rank, int bestRank) => true;

    protected override string Describe(MovieItems<T>? loser, int rank, int winnerRank) => FormattableString.Invariant($"{rank} names, {winnerRank} there");
}
