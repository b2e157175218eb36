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

    /// <summary>The share of changed titles with letters beyond ASCII above which the encoding is suspected.</summary>
    private const double MaxEncodingShare = 0.8;
    private const double MaxRenamed = 0.1;

    public static async Task<List<GateViolation>> CheckAsync(
        DbConnection connection, int previous, int current, long movies, CancellationToken cancellationToken)
    {
        var violations = new List<GateViolation>();
        var changes = await ColumnChange.ReadAsync(connection, previous, current, movies, cancellationToken).ConfigureAwait(false);
        foreach (var column in changes.GroupBy(change => change.Column))
        {
            foreach (var violation in CheckColumn(column.Key, [.. column]))
            {
                var examples = await ColumnChange.ReadExamplesAsync(connection, current, column.Key, cancellationToken).ConfigureAwait(false);
                violations.Add(violation with { Message = $"{violation.Message} ({examples})" });
            }
        }

        foreach (var list in GateList.All)
        {
            var change = await ListChange.ReadAsync(connection, list, previous, current, movies, cancellationToken).ConfigureAwait(false);
            foreach (var violation in CheckList(change))
            {
                var examples = await ListChange.ReadExamplesAsync(connection, list, current, cancellationToken).ConfigureAwait(false);
                violations.Add(violation with { Message = $"{violation.Message} ({examples})" });
            }
        }

        return violations;
    }

    private static IEnumerable<GateViolation> CheckColumn(string column, IReadOnlyList<ColumnChange> decades)
    {
        var (before, lost, changed, moved) = (decades.Sum(part => part.Before), decades.Sum(part => part.Lost), decades.Sum(part => part.Changed), decades.Sum(part => part.Moved));
        if (IsMany(lost, before, MaxLost))
        {
            yield return new(QualityGates.Coverage, column, Format($"{column} is no longer known for {lost:N0} of {before:N0} movies that had it"));
        }
        else if (decades.FirstOrDefault(part => IsMany(part.Lost, part.Before, MaxLostOfDecade)) is { } poorer)
        {
            yield return new(
                QualityGates.Coverage, column, Format($"{column} is no longer known for {poorer.Lost:N0} of {poorer.Before:N0} movies of {Describe(poorer.Decade)} that had it"));
        }

        if (ColumnChange.IsVolatile(column))
        {
            var (sumBefore, sumAfter) = (decades.Sum(part => part.SumBefore ?? 0), decades.Sum(part => part.SumAfter ?? 0));
            if (IsMany(moved, before, MaxMoved) || (changed >= MinMovies && sumBefore > 0 && (sumAfter > sumBefore * 3 || sumAfter < sumBefore / 3)))
            {
                var sums = Format($"its sum went from {sumBefore:N0} to {sumAfter:N0}");
                yield return new(QualityGates.Amounts, column, Format($"{column} moved much further than in a month for {moved:N0} of {before:N0} movies; {sums}"));
            }
        }
        else if (IsMany(changed, before, column is "title" or "original_title" or "original_language" or "imdb_id" ? MaxChangedIdentity : MaxChanged))
        {
            yield return new(QualityGates.Changed, column, Format($"{column} differs for {changed:N0} of {before:N0} movies that had it"));
        }
        else if (moved >= MinMovies && moved > changed * MaxEncodingShare)
        {
            yield return new(
                QualityGates.Changed, column, Format($"{column} differs for {changed:N0} movies, of which {moved:N0} have letters beyond ASCII, so the encoding may be wrong"));
        }
        else if (decades.FirstOrDefault(part => IsMany(part.Changed, part.Before, MaxChangedOfDecade)) is { } different)
        {
            yield return new(
                QualityGates.Changed, column, Format($"{column} differs for {different.Changed:N0} of {different.Before:N0} movies of {Describe(different.Decade)} that had it"));
        }
    }

    private static IEnumerable<GateViolation> CheckList(ListChange change)
    {
        if (IsMany(change.Lost, change.Before, MaxLost))
        {
            yield return new(QualityGates.Coverage, change.List, Format($"{change.List} is empty for {change.Lost:N0} of {change.Before:N0} movies that had names"));
        }

        if (IsMany(change.Changed, change.Before, MaxChanged))
        {
            yield return new(QualityGates.Changed, change.List, Format($"{change.List} names others for {change.Changed:N0} of {change.Before:N0} movies that had names"));
        }

        if (change.Before >= AbsoluteGates.MinMovies && change.Renamed >= 3 && change.Renamed > change.Names * MaxRenamed)
        {
            yield return new(QualityGates.Names, change.List, Format($"{change.Renamed:N0} of {change.Names:N0} names in {change.List} were renamed"));
        }
    }

    public static bool IsMany(long part, long total, double share) => part >= MinMovies && part > total * share;

    private static string Describe(int? decade) => decade is { } year ? Format($"the {year}s") : "unknown years";

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
