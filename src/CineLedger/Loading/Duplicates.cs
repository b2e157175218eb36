using CineLedger.Model;

namespace CineLedger.Loading;

/// <summary>
/// Chooses among records of one id: an exact copy is dropped; of different ones that with the most votes wins, the later one on a
/// tie. Winners that come after a beaten first record wait here, since that one's rows are already written.
/// </summary>
/// <param name="lines">Where records stand.</param>
internal sealed class Duplicates(FilmLines lines)
{
    private readonly Dictionary<long, (Movie Movie, long Hash)> _laterWinners = [];
    private readonly Dictionary<long, (int Line, int WinnerLine)> _beatenFirst = [];

    /// <summary>Films whose first record was beaten by a later one.</summary>
    public IReadOnlyCollection<long> BeatenFirst => _beatenFirst.Keys;

    /// <summary>The records that beat them, with their fingerprints.</summary>
    public IReadOnlyCollection<(Movie Movie, long Hash)> LaterWinners => _laterWinners.Values;

    /// <summary>Judges a record whose id the load has met before; the finding it makes now is null where it can only be made at the end.</summary>
    public Finding? Judge(ref MovieIndex.Entry best, Movie movie, long hash)
    {
        var line = lines.Take(movie.Line);
        if (hash == best.Hash)
        {
            return new(FindingKind.Drop, Rules.DuplicateRecord, lines.File, movie.Line, movie.Id, null, $"same as {lines.Text(best.Line)}");
        }

        if ((movie.VoteCount ?? -1) < best.Votes)
        {
            return Loser(movie, line, best.Line);
        }

        Finding? finding = null;
        if (_laterWinners.TryGetValue(movie.Id, out var beaten))
        {
            finding = Loser(beaten.Movie, best.Line, line);
        }
        else
        {
            _beatenFirst[movie.Id] = (best.Line, line);
        }

        _laterWinners[movie.Id] = (movie, hash);
        best.Hash = hash;
        best.Line = line;
        best.Votes = movie.VoteCount ?? -1;
        return finding;
    }

    /// <summary>The finding of a first record that was beaten, once its content has been read back.</summary>
    public Finding FindingOf(Movie beatenFirst)
    {
        var (line, winnerLine) = _beatenFirst[beatenFirst.Id];
        return Loser(beatenFirst, line, winnerLine);
    }

    private Finding Loser(Movie movie, int place, int winner)
    {
        var (file, line) = lines.Of(place);
        return new(FindingKind.Drop, Rules.ConflictingDuplicate, file, line, movie.Id, null, $"beaten by {lines.Text(winner)}: {MovieJson.Write(movie)}");
    }
}
