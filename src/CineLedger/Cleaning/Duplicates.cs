using CineLedger.Model;

namespace CineLedger.Cleaning;

/// <summary>
/// Chooses among several records of the same movie in one file. An exact copy is dropped; of different records a rule chooses the winner, and the other is
/// dropped. If a later record supersedes the first one, it is kept here, because the rows of the first record have already been written.
/// </summary>
/// <param name="lines">The locations of the records.</param>
internal abstract class Duplicates<T>(MovieLines lines)
    where T : struct
{
    private readonly Dictionary<long, T> _laterWinners = [];
    private readonly Dictionary<long, (RecordState Beaten, RecordState Winner)> _beatenFirst = [];

    /// <summary>Movies whose first record was superseded by a later one.</summary>
    public IReadOnlyCollection<long> BeatenFirst => _beatenFirst.Keys;

    /// <summary>The records that superseded them.</summary>
    public IReadOnlyCollection<T> LaterWinners => _laterWinners.Values;

    public abstract RecordKey KeyOf(T record);

    /// <summary>
    /// Compares a record with the best previous record of the same movie and stores the winner in <paramref name="best"/>. Returns the finding about the dropped
    /// record; null if that finding needs the record's content, see <see cref="FindingOfFirst"/>.
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

    /// <summary>Returns the finding about a superseded first record, once its content has been read back.</summary>
    public Finding FindingOfFirst(T record)
    {
        var id = KeyOf(record).MovieId;
        return Loser(id, record, _beatenFirst[id].Beaten, _beatenFirst[id].Winner)!;
    }

    /// <summary>The rule. Returns true if a later record supersedes the best one so far, which has different content.</summary>
    protected abstract bool LaterWins(int rank, int bestRank);

    /// <summary>Returns the description of the dropped record for the finding; null if it needs the content and <paramref name="loser"/> is null.</summary>
    protected abstract string? Describe(T? loser, int rank, int winnerRank);

    private Finding? Loser(long movieId, T? loser, RecordState beaten, RecordState winner)
    {
        var (file, line) = lines.Of(beaten.Line);
        return Describe(loser, beaten.Rank, winner.Rank) is { } text
            ? new(FindingKind.Drop, Rules.ConflictingDuplicate, file, line, movieId, null, $"superseded by {lines.Text(winner.Line)}: {text}")
            : null;
    }
}

/// <summary>The record with the most votes wins; on a tie, the later one. The finding contains the whole dropped record.</summary>
internal sealed class MovieDuplicates(MovieLines lines) : Duplicates<(Movie Movie, long Hash)>(lines)
{
    public override RecordKey KeyOf((Movie Movie, long Hash) record) => new(record.Movie.Id, record.Movie.Line, record.Hash, record.Movie.VoteCount ?? -1);

    protected override bool LaterWins(int rank, int bestRank) => rank >= bestRank;

    protected override string? Describe((Movie Movie, long Hash)? loser, int rank, int winnerRank) => loser is { } known ? TmdbJson.ToText(known.Movie) : null;
}

/// <summary>The later list wins, since lists have no votes to compare. The finding contains the lengths of both lists.</summary>
internal sealed class ListDuplicates<T>(MovieLines lines) : Duplicates<MovieItems<T>>(lines)
{
    public override RecordKey KeyOf(MovieItems<T> record) => new(record.MovieId, record.Line, record.Hash, record.Items.Count);

    protected override bool LaterWins(int rank, int bestRank) => true;

    protected override string Describe(MovieItems<T>? loser, int rank, int winnerRank) =>
        FormattableString.Invariant($"{rank} names, the kept record has {winnerRank}");
}
