using System.Data.Common;
using System.Globalization;
using CineLedger.Model;

namespace CineLedger.Loading.Gates;

/// <summary>Checks that compare the movies of a load with those of the previous snapshot. Movies are compared with themselves, so new ones do not matter.</summary>
internal static class RelativeGates
{
    /// <summary>The smallest number of movies that a check reports. Fewer may be corrections.</summary>
    public const int MinMovies = 20;

    private const double MaxLost = 0.05;
    private const double MaxLostOfDecade = 0.2;
    private const double MaxChanged = 0.1;

    /// <summary>Titles, languages and IMDb IDs identify a movie and hardly ever change.</summary>
    private const double MaxChangedIdentity = 0.05;
    private const double MaxChangedOfDecade = 0.5;
    private const double MaxMoved = 0.2;

    /// <summary>The share of changed titles with non-ASCII letters above which a wrong encoding is suspected.</summary>
    private const double MaxEncodingShare = 0.8;
    private const double MaxRenamed = 0.1;
    private const int MinRenamed = 3;

    /// <param name="connection">The connection on which the new rows are visible and the replaced ones ended.</param>
    /// <param name="previous">The previous snapshot.</param>
    /// <param name="current">The new snapshot.</param>
    /// <param name="movies">The number of movies of the previous snapshot.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public static async Task<List<GateViolation>> CheckAsync(
        DbConnection connection, int previous, int current, long movies, CancellationToken cancellationToken)
    {
        var changes = await ChangedMovie.ReadAsync(connection, current, GateSample.BuildCondition("m", movies), cancellationToken).ConfigureAwait(false);
        var columns = MovieField.All.Select(field => (Field: field, Decades: ColumnChange.Compare(field, changes))).Where(column => IsNotable(column.Decades.Values)).ToList();
        var lists = GateList.All.Select(list => (List: list, Change: ListChange.Compare(list, changes))).Where(list => IsNotable(list.Change)).ToList();
        if (columns.Count == 0 && lists.Count == 0)
        {
            return [];
        }

        var totals = await PreviousTotals.ReadAsync(connection, previous, movies, cancellationToken).ConfigureAwait(false);
        return
        [
            .. columns.SelectMany(column => CheckColumn(column.Field.SourceName, column.Decades, decade => totals.GetKnown(column.Field, decade)).Select(violation =>
                violation with { Message = $"{violation.Message} ({GetExamples(changes, column.Field.Format)})" })),
            .. lists.SelectMany(list => CheckList(list.List.Name, list.Change, totals.GetMovies(list.List), totals.GetNames(list.List)).Select(violation =>
                violation with { Message = $"{violation.Message} ({GetExamples(changes, movie => GetFirstName(list.List, movie))})" })),
        ];
    }

    /// <summary>Returns whether a check could fail, whatever the previous snapshot contains.</summary>
    private static bool IsNotable(IReadOnlyCollection<ColumnChange> decades) => decades.Sum(part => part.Lost + part.Changed) >= MinMovies;

    private static bool IsNotable(ListChange change) => change.Lost + change.Changed >= MinMovies || change.Renamed >= MinRenamed;

    private static IEnumerable<GateViolation> CheckColumn(string column, Dictionary<Decade, ColumnChange> decades, Func<Decade?, long> getKnown)
    {
        var (before, lost) = (getKnown(null), decades.Values.Sum(part => part.Lost));
        var (changed, moved) = (decades.Values.Sum(part => part.Changed), decades.Values.Sum(part => part.Moved));
        if (IsMany(lost, before, MaxLost))
        {
            yield return new(QualityGates.Coverage, column, Format($"{column} is no longer known for {lost:N0} of {before:N0} movies that had it"));
        }
        else if (decades.FirstOrDefault(part => IsMany(part.Value.Lost, getKnown(part.Key), MaxLostOfDecade)) is { Value: { } poorer, Key: var decade })
        {
            yield return new(
                QualityGates.Coverage, column, Format($"{column} is no longer known for {poorer.Lost:N0} of {getKnown(decade):N0} movies of {decade} that had it"));
        }

        if (ColumnChange.IsVolatile(column))
        {
            var (sumBefore, sumAfter) = (decades.Values.Sum(part => part.SumBefore), decades.Values.Sum(part => part.SumAfter));
            if (IsMany(moved, before, MaxMoved) || (changed >= MinMovies && sumBefore > 0 && (sumAfter > sumBefore * 3 || sumAfter < sumBefore / 3)))
            {
                var sums = Format($"its sum went from {sumBefore:N0} to {sumAfter:N0}");
                yield return new(QualityGates.Amounts, column, Format($"{column} changed much more than is usual in a month for {moved:N0} of {before:N0} movies; {sums}"));
            }
        }
        else if (IsMany(changed, before, column is "title" or "original_title" or "original_language" or "imdb_id" ? MaxChangedIdentity : MaxChanged))
        {
            yield return new(QualityGates.Changed, column, Format($"{column} differs for {changed:N0} of {before:N0} movies that had it"));
        }
        else if (ColumnChange.IsTitle(column) && moved >= MinMovies && moved > changed * MaxEncodingShare)
        {
            yield return new(
                QualityGates.Changed, column, Format($"{column} differs for {changed:N0} movies, of which {moved:N0} contain non-ASCII letters, so the encoding may be wrong"));
        }
        else if (decades.FirstOrDefault(part => IsMany(part.Value.Changed, getKnown(part.Key), MaxChangedOfDecade)) is { Value: { } different, Key: var decade })
        {
            yield return new(
                QualityGates.Changed, column, Format($"{column} differs for {different.Changed:N0} of {getKnown(decade):N0} movies of {decade} that had it"));
        }
    }

    private static IEnumerable<GateViolation> CheckList(string list, ListChange change, long before, long names)
    {
        if (IsMany(change.Lost, before, MaxLost))
        {
            yield return new(QualityGates.Coverage, list, Format($"{list} is empty for {change.Lost:N0} of {before:N0} movies that had names"));
        }

        if (IsMany(change.Changed, before, MaxChanged))
        {
            yield return new(QualityGates.Changed, list, Format($"{list} contains other names for {change.Changed:N0} of {before:N0} movies that had names"));
        }

        if (before >= AbsoluteGates.MinMovies && change.Renamed >= MinRenamed && change.Renamed > names * MaxRenamed)
        {
            yield return new(QualityGates.Names, list, Format($"{change.Renamed:N0} of {names:N0} names in {list} were renamed"));
        }
    }

    /// <summary>Returns up to three movies whose value changed, with both values.</summary>
    public static string GetExamples(IEnumerable<ChangedMovie> changes, Func<Movie, string?> getText) => string.Join(
        ", ",
        changes.Select(movie => (movie.Before.Id, Before: getText(movie.Before), After: getText(movie.After)))
            .Where(movie => movie.Before is not null && movie.Before != movie.After)
            .Take(3)
            .Select(movie => Format($"{movie.Id}: {Shorten(movie.Before!)} → {Shorten(movie.After ?? "unknown")}")));

    public static string? GetFirstName(GateList list, Movie movie) => list.Get(movie) is [var first, ..] ? list.Describe(first).Name : null;

    public static string Shorten(string text) => text.Length <= 40 ? text : $"{text.AsSpan(0, 40)}…";

    public static bool IsMany(long part, long total, double share) => part >= MinMovies && part > total * share;

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
