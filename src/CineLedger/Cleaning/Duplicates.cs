using CineLedger.Model;

namespace CineLedger.Cleaning;

/// <summary>
/// Chooses among several records of the same movie in one file. An exact copy is dropped; of different records a rule chooses the winner, and the other is
/// dropped. A later record that supersedes the first one is kept here, because the rows of the first record have already been written.
/// </summary>
/// <param name="lines">The locations of the records.</param>
internal abstract class Duplicates<T>(RecordLocations lines)
    where T : struct
{
    private readonly Dictionary<long, T> _laterWinners = [];
    private readonly Dictionary<long, (RecordState Superseded, RecordState Winner)> _supersededIds = [];

    /// <summary>Movies whose first record was superseded by a later one.</summary>
    public IReadOnlyCollection<long> SupersededIds => _supersededIds.Keys;

    /// <summary>The records that superseded them.</summary>
    public IReadOnlyCollection<T> LaterWinners => _laterWinners.Values;

    public abstract RecordKey GetKey(T record);

    /// <summary>
    /// Compares a record with the best previous record of the same movie and stores the winner in <paramref name="best"/>. Returns the finding about the dropped
    /// record; null if that finding needs the record's content, see <see cref="CreateFirstRecordFinding"/>.
    /// </summary>
    public Finding? Compare(ref RecordState best, T record)
    {
        var key = GetKey(record);
        var line = lines.GetNumber(key.Line);
        if (key.Hash == best.Hash)
        {
            return new(FindingKind.Drop, Rules.DuplicateRecord, lines.File, key.Line, key.MovieId, null, $"same as {lines.Describe(best.Line)}");
        }

        var (superseded, later) = (best, best);
        later.Set(key, line);
        if (!LaterWins(key.Rank, best.Rank))
        {
            return CreateFinding(key.MovieId, record, later, best);
        }

        T? content = null;
        if (_laterWinners.TryGetValue(key.MovieId, out var winner))
        {
            content = winner;
        }
        else
        {
            _supersededIds[key.MovieId] = (superseded, later);
        }

        _laterWinners[key.MovieId] = record;
        best = later;
        return CreateFinding(key.MovieId, content, superseded, later);
    }

    /// <summary>Returns the finding about a superseded first record, once its content has been read back.</summary>
    public Finding CreateFirstRecordFinding(T record)
    {
        var id = GetKey(record).MovieId;
        return CreateFinding(id, record, _supersededIds[id].Superseded, _supersededIds[id].Winner)!;
    }

    /// <summary>The rule. Returns true if a later record supersedes the best one so far, which has different content.</summary>
    protected abstract bool LaterWins(int rank, int bestRank);

    /// <summary>Returns the description of the dropped record for the finding; null if it needs the content and <paramref name="loser"/> is null.</summary>
    protected abstract string? Describe(T? loser, int rank, int winnerRank);

    private Finding? CreateFinding(long movieId, T? loser, RecordState superseded, RecordState winner)
    {
        var (file, line) = lines.GetLocation(superseded.Line);
        return Describe(loser, superseded.Rank, winner.Rank) is { } text
            ? new(FindingKind.Drop, Rules.ConflictingDuplicate, file, line, movieId, null, $"superseded by {lines.Describe(winner.Line)}: {text}")
            : null;
    }
}

/// <summary>The record with the most votes wins; on a tie, the later one. The finding contains the whole dropped record.</summary>
internal sealed class MovieDuplicates(RecordLocations lines) : Duplicates<(Movie Movie, long Hash)>(lines)
{
    public override RecordKey GetKey((Movie Movie, long Hash) record) => new(record.Movie.Id, record.Movie.Line, record.Hash, record.Movie.VoteCount ?? -1);

    protected override bool LaterWins(int rank, int bestRank) => rank >= bestRank;

    protected override string? Describe((Movie Movie, long Hash)? loser, int rank, int winnerRank) => loser is { } known ? TmdbJson.ToText(known.Movie) : null;
}

/// <summary>The later list wins, since lists have no votes to compare. The finding contains the lengths of both lists.</summary>
internal sealed class ListDuplicates<T>(RecordLocations lines) : Duplicates<MovieItems<T>>(lines)
{
    public override RecordKey GetKey(MovieItems<T> record) => new(record.MovieId, record.Line, record.Hash, record.Items.Count);

    protected override bool LaterWins(int rank, int bestRank) => true;

    protected override string Describe(MovieItems<T>? loser, int rank, int winnerRank) =>
        FormattableString.Invariant($"{rank} names, the kept record has {winnerRank}");
}
