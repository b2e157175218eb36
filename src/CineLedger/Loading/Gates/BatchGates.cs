using System.Globalization;
using CineLedger.Model;
using CineLedger.Storage;
using CineLedger.Storage.Reading;

namespace CineLedger.Loading.Gates;

/// <summary>
/// Checks a batch of changed movies: a push, or messages of a stream. A batch is a selection, so it is never compared with the whole ledger, except by
/// <see cref="RelativeGates"/> when it changes a considerable part of it; its movies are compared with their own previous versions. Only damage to most of
/// its movies, and to at least twenty, counts.
/// </summary>
internal static class BatchGates
{
    /// <summary>The smallest number of records that a batch must have to be checked.</summary>
    public const int MinRecords = RelativeGates.MinMovies;

    /// <summary>The share of the ledger's movies from which a batch is compared with the whole ledger, like a merge.</summary>
    private const double WholeShare = 0.05;

    /// <summary>The share of a batch's movies above which damage is certain.</summary>
    private const double Most = 0.5;

    /// <summary>Checks the records of a batch before any row is written.</summary>
    /// <param name="name">The batch's name in messages.</param>
    /// <param name="records">The records read, including rejected ones.</param>
    /// <param name="rejected">Records that were rejected as a whole.</param>
    /// <param name="movies">The movies read.</param>
    /// <param name="findings">The findings.</param>
    public static IEnumerable<GateViolation> CheckRecords(string name, long records, long rejected, IEnumerable<Movie> movies, FindingExamples findings)
    {
        if (records < MinRecords)
        {
            return [];
        }

        var (read, hasContent) = (0L, false);
        foreach (var movie in movies)
        {
            read++;
            hasContent = hasContent || RecordGates.HasContent(movie);
        }

        List<GateViolation> violations = [.. RecordGates.CheckFields(name, records, findings)];
        if (RelativeGates.IsMany(rejected, records, Most))
        {
            violations.Add(new(QualityGates.Rejects, null, Format($"{rejected:N0} of {records:N0} records of {name} were rejected{findings.RejectedRecords}")));
        }

        if (read >= MinRecords && !hasContent)
        {
            violations.Add(new(QualityGates.Kind, null, Format($"none of the {read:N0} movies of {name} has a date, an amount, a genre or a company")));
        }

        return violations;
    }

    /// <summary>Checks the movies of a batch once its rows are written and the replaced ones are ended.</summary>
    /// <param name="ledger">The ledger, with the transaction that would publish the batch.</param>
    /// <param name="before">The newest published snapshot; null when there is none.</param>
    /// <param name="snapshot">The number of the new snapshot.</param>
    /// <param name="written">The new and changed movies.</param>
    /// <param name="replaced">Those among them that the previous snapshot has in another version.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public static async Task<IReadOnlyList<GateViolation>> CheckAsync(
        Ledger ledger, Snapshot? before, int snapshot, IReadOnlyCollection<Movie> written, IReadOnlyCollection<long> replaced, CancellationToken cancellationToken)
    {
        if (written.Count < MinRecords)
        {
            return [];
        }

        var violations = new List<GateViolation>();
        var connection = ledger.Connection;
        List<ChangedMovie> changes = [];
        if (before is not null && replaced.Count > 0)
        {
            var filter = await IdFilter.WriteAsync(ledger, replaced, cancellationToken).ConfigureAwait(false);
            changes = await ChangedMovie.ReadAsync(connection, snapshot, $"m.movie_id IN ({filter})", cancellationToken).ConfigureAwait(false);
            violations.AddRange([.. CheckColumns(changes), .. GateList.All.SelectMany(list => CheckList(list, changes))]);
            if (changes.Count >= AbsoluteGates.MinMovies && changes.Count > before.Movies * WholeShare)
            {
                var whole = await RelativeGates.CheckAsync(connection, before.Id, snapshot, before.Movies, cancellationToken).ConfigureAwait(false);
                violations.AddRange(whole.ExceptBy(violations.ConvertAll(violation => (violation.Gate, violation.Column)), violation => (violation.Gate, violation.Column)));
            }
        }

        violations.AddRange(CheckShares(written, changes));
        if (before is not null && written.Count - replaced.Count >= MinRecords)
        {
            violations.AddRange(await DuplicateGate.CheckAddedAsync(connection, snapshot, written.Count - replaced.Count, Most, cancellationToken).ConfigureAwait(false));
        }

        return violations;
    }

    private static IEnumerable<GateViolation> CheckColumns(List<ChangedMovie> changes)
    {
        foreach (var field in MovieField.All)
        {
            var (before, lost, _, moved) = Sum(field, changes);
            if (RelativeGates.IsMany(lost, before, Most))
            {
                yield return Describe(QualityGates.Coverage, field, Format($"{field.SourceName} is no longer known for {lost:N0} of {before:N0} changed movies that had it"));
            }

            if (field.Name is "budget" or "revenue" or "runtime" && RelativeGates.IsMany(moved, before, Most))
            {
                yield return Describe(
                    QualityGates.Amounts, field, Format($"{field.SourceName} changed by a factor of more than five for {moved:N0} of {before:N0} changed movies that had it"));
            }
        }

        // Corrections may change either for many movies; both at once mean that the IDs belong to other movies.
        var title = MovieField.All.First(field => field.Name == "title");
        var (titles, dates) = (Sum(title, changes), Sum(MovieField.ReleaseDate, changes));
        if (RelativeGates.IsMany(titles.Changed, titles.Before, Most) && RelativeGates.IsMany(dates.Changed, dates.Before, Most))
        {
            yield return Describe(
                QualityGates.Changed, title,
                Format($"title and release_date differ for {titles.Changed:N0} and {dates.Changed:N0} of {titles.Before:N0} changed movies, so the IDs may belong to other movies"));
        }

        GateViolation Describe(string gate, MovieField field, string message) => new(gate, field.SourceName, $"{message} ({RelativeGates.GetExamples(changes, field.Format)})");
    }

    /// <summary>Sums the changes of a column: movies that had a value, and those that lost it, got a different one, or got an implausibly different one.</summary>
    private static (long Before, long Lost, long Changed, long Moved) Sum(MovieField field, List<ChangedMovie> changes)
    {
        var decades = ColumnChange.Compare(field, changes).Values;
        return (
            changes.Count(movie => field.IsKnown(movie.Before)), decades.Sum(part => part.Lost), decades.Sum(part => part.Changed), decades.Sum(part => part.Moved));
    }

    private static IEnumerable<GateViolation> CheckList(GateList list, List<ChangedMovie> changes)
    {
        var (lost, before) = (ListChange.Compare(list, changes).Lost, changes.Count(movie => list.HasAny(movie.Before)));
        if (RelativeGates.IsMany(lost, before, Most))
        {
            var examples = RelativeGates.GetExamples(changes, movie => RelativeGates.GetFirstName(list, movie));
            yield return new(QualityGates.Coverage, list.Name, Format($"{list.Name} is empty for {lost:N0} of {before:N0} changed movies that had names ({examples})"));
        }
    }

    /// <summary>Checks what the movies of a batch have in common, unless their previous versions had it too.</summary>
    private static IEnumerable<GateViolation> CheckShares(IReadOnlyCollection<Movie> written, List<ChangedMovie> changes)
    {
        foreach (var check in ShareCheck.All.Where(check => !check.IsForWholeLedger))
        {
            var (now, earlier) = (new ShareCount(check), new ShareCount(check));
            foreach (var movie in written)
            {
                now.Add(movie, 1);
            }

            foreach (var change in changes)
            {
                earlier.Add(change.Before, 1);
            }

            if (now.GetViolation() is { } violation && now.Suspect >= MinRecords && (earlier.GetViolation() is null || earlier.Suspect < MinRecords))
            {
                yield return violation;
            }
        }
    }

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
