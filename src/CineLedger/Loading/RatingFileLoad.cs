using System.Text;
using CineLedger.Cleaning;
using CineLedger.Cleaning.Ratings;
using CineLedger.Loading.Gates;
using CineLedger.Model;
using CineLedger.Sources;
using CineLedger.Storage.Schema;
using CineLedger.Storage.Writing;

namespace CineLedger.Loading;

/// <summary>The load of the ratings file. It maps ratings to movies by the links, sums them by movie and year, and compares the sums with the ledger.</summary>
internal sealed class RatingFileLoad(LedgerLoad load, MovieFileLoad movies, DatasetFile file, DatasetFile linkFile) : IRelatedLoad
{
    private const int RowsAtOnce = 8192;
    private readonly List<(long MovieId, int Year)> _closed = [];
    private readonly HashSet<long> _changed = [];
    private readonly CappedFindings _findings = new(linkFile.Name);

    public string Table => RelatedTables.Ratings;

    public bool IsWholeTable => false;

    public bool HasChanges => true;

    public IReadOnlyCollection<long> ChangedMovies => _changed;

    /// <summary>The totals of the file; null before <see cref="ReadAsync"/> has completed.</summary>
    public RatingTotals? Totals { get; private set; }

    public async Task ReadAsync(Dataset dataset, GateDecision gates, IProgress<LoadProgress>? progress, CancellationToken cancellationToken)
    {
        var (links, linkFindings) = await LinkReader.ReadAsync(dataset, linkFile, gates, cancellationToken).ConfigureAwait(false);
        AddAll(linkFindings);
        gates.CheckRejects(linkFile.Name, links.Rejected, links.Records);
        var targets = await RatingLinkResolver.ResolveAsync(
            links.Links, id => movies.Has(id) || movies.IsExcluded(id), load.ReadImdbIdsAsync, cancellationToken).ConfigureAwait(false);
        var read = await new RatingPipeline(dataset, file, links.Indexes, links.Links.Count).ReadAsync(gates, progress, cancellationToken).ConfigureAwait(false);
        AddAll(read.Findings);
        gates.CheckRejects(file.Name, read.Rejected, read.Records);

        var counts = read.Tally.CountByLink();
        AddLinkFindings(links.Links, targets, counts);
        AddUnlinkedFindings(read.Tally);
        Totals = new RatingTotals(
            file.Name,
            read.Tally.Ratings,
            read.Tally.Users,
            read.Tally.OtherUnlinkedRatings > 0 ? null : counts.LongCount(count => count > 0) + read.Tally.UnlinkedIds.Count,
            read.Tally.Ratings > 0 ? read.Tally.SumMicros * 0.000001m / read.Tally.Ratings : null,
            Enumerable.Range(0, counts.Length).Sum(link => targets.Movies[link] > 0 && !movies.IsExcluded(targets.Movies[link]) ? counts[link] : 0));
        await CompareAsync(read.Tally, targets, counts, cancellationToken).ConfigureAwait(false);
    }

    public async Task FinishAsync(IReadOnlyCollection<long> removedMovies, CancellationToken cancellationToken)
    {
        await load.CloseRatingsAsync(_closed, cancellationToken).ConfigureAwait(false);
        await load.CloseAsync(Table, removedMovies, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Writes the sums that are new or changed, and collects those of the ledger that are replaced or no longer in the file.</summary>
    private async Task CompareAsync(RatingTally tally, RatingLinkResolver targets, long[] counts, CancellationToken cancellationToken)
    {
        await load.ReadKnownRatingsAsync(
            known =>
            {
                if (movies.IsExcluded(known.MovieId))
                {
                    return;
                }

                var link = targets.FindLink(known.MovieId);
                if (link >= 0 && tally.Get(link, known.Year) == (known.Ratings, known.SumMicros))
                {
                    tally.Remove(link, known.Year);
                    return;
                }

                // A merge keeps the ratings of movies that the file does not rate.
                if (!movies.Merge || (link >= 0 && counts[link] > 0))
                {
                    _closed.Add((known.MovieId, known.Year));
                    NoteChange(known.MovieId);
                }
            },
            cancellationToken).ConfigureAwait(false);

        var changed = new List<MovieYearRatings>(RowsAtOnce);
        foreach (var (link, year, ratings, micros) in tally.EnumerateSorted())
        {
            if (targets.Movies[link] is var movie and > 0 && !movies.IsExcluded(movie))
            {
                changed.Add(new MovieYearRatings(movie, year, ratings, micros));
                NoteChange(movie);
            }

            if (changed.Count == RowsAtOnce)
            {
                await load.WriteRelatedAsync(changed, static (writer, year) => writer.Add(year), cancellationToken).ConfigureAwait(false);
                changed.Clear();
            }
        }

        await load.WriteRelatedAsync(changed, static (writer, year) => writer.Add(year), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Counts a movie as changed by its ratings, unless the load adds, changes or removes the movie itself.</summary>
    private void NoteChange(long movie)
    {
        if (movies.IsOtherwiseUnchanged(movie))
        {
            _changed.Add(movie);
        }
    }

    /// <summary>Adds a finding for each MovieLens ID in the links whose ratings are rejected.</summary>
    private void AddLinkFindings(ChunkedList<MovieLensLink> links, RatingLinkResolver targets, long[] counts)
    {
        foreach (var index in Enumerable.Range(0, links.Count).Where(index => counts[index] > 0 && targets.Movies[index] <= 0).OrderBy(index => links[index].Line))
        {
            var (link, name) = (links[index], FormattableString.Invariant($"MovieLens {links[index].MovieLens}"));
            var (rule, value) = targets.Movies[index] switch
            {
                RatingLinkResolver.NoMovie => (Rules.UnlinkedRating, $"{name}: no tmdbId"),
                RatingLinkResolver.Shared when targets.FindLink(link.Tmdb) is var winner and >= 0 => (
                    Rules.SharedLink, FormattableString.Invariant($"{name}: the movie's imdb_id is that of MovieLens {links[winner].MovieLens}")),
                RatingLinkResolver.Shared => (Rules.SharedLink, $"{name}: imdbId does not identify exactly one of the IDs"),
                _ => (Rules.UnknownMovie, name),
            };
            _findings.Add(FindingKind.Reject, rule, link.Line, link.Tmdb == 0 ? null : link.Tmdb, "tmdbId", Encoding.UTF8.GetBytes(value), counts[index]);
        }

        AddAll(CappedFindings.Merge([_findings]));
    }

    /// <summary>Adds findings for the MovieLens IDs that the links lack. Their lines are those of the ratings file.</summary>
    private void AddUnlinkedFindings(RatingTally tally)
    {
        var findings = new CappedFindings(file.Name);
        foreach (var (id, (ratings, line)) in tally.UnlinkedIds.OrderBy(unlinked => unlinked.Value.Line))
        {
            var value = FormattableString.Invariant($"MovieLens {id}: not in {linkFile.Name}");
            findings.Add(FindingKind.Reject, Rules.UnlinkedRating, line, null, "movieId", Encoding.UTF8.GetBytes(value), ratings);
        }

        if (tally.OtherUnlinkedRatings > 0)
        {
            var value = $"more MovieLens IDs: not in {linkFile.Name}";
            findings.Add(FindingKind.Reject, Rules.UnlinkedRating, int.MaxValue, null, "movieId", Encoding.UTF8.GetBytes(value), tally.OtherUnlinkedRatings);
        }

        AddAll(CappedFindings.Merge([findings]));
    }

    private void AddAll(IEnumerable<Finding> findings)
    {
        foreach (var finding in findings)
        {
            movies.Add(finding);
        }
    }
}
