using System.Text;
using CineLedger.Model;

namespace CineLedger.Loading.Gates;

/// <summary>How the values of a column differ between two versions of movies, for the movies of one decade of previous release dates.</summary>
internal sealed class ColumnChange
{
    /// <summary>Movies whose value is no longer known.</summary>
    public long Lost { get; private set; }

    /// <summary>Movies whose known value became another known one.</summary>
    public long Changed { get; private set; }

    /// <summary>
    /// Changed movies whose value moved implausibly far: popularity, votes, amounts and runtimes by a factor of more than five, mean votes by more than one. For
    /// titles: changed movies whose title has non-ASCII letters, which a wrong encoding changes.
    /// </summary>
    public long Moved { get; private set; }

    /// <summary>The sum of the previous values of movies whose value is known in both versions; 0 for columns without numbers.</summary>
    public double SumBefore { get; private set; }

    /// <summary>The sum of their new values.</summary>
    public double SumAfter { get; private set; }

    /// <summary>Columns whose values change every month.</summary>
    public static bool IsVolatile(string column) => column is "popularity" or "vote_average" or "vote_count";

    /// <summary>Whether a wrong encoding changes the column's texts.</summary>
    public static bool IsTitle(string column) => column is "title" or "original_title";

    /// <summary>Returns the changes of a column by the first year of the decade; null stands for undated movies.</summary>
    public static Dictionary<Decade, ColumnChange> Compare(MovieField field, IReadOnlyList<ChangedMovie> movies)
    {
        var getNumber = ColumnStatistics.GetNumberOf(field);
        var changes = new Dictionary<Decade, ColumnChange>();
        foreach (var movie in movies.Where(movie => field.IsKnown(movie.Before)))
        {
            var decade = Decade.GetOf(movie.Before);
            if (!changes.TryGetValue(decade, out var change))
            {
                changes[decade] = change = new();
            }

            change.Add(field, getNumber, movie);
        }

        return changes;
    }

    private void Add(MovieField field, Func<Movie, double?>? getNumber, ChangedMovie movie)
    {
        if (!field.IsKnown(movie.After))
        {
            Lost++;
            return;
        }

        var (before, after) = (getNumber?.Invoke(movie.Before) ?? 0, getNumber?.Invoke(movie.After) ?? 0);
        SumBefore += before;
        SumAfter += after;
        var differs = getNumber is null ? field.Format(movie.Before) != field.Format(movie.After) : before != after;
        Changed += differs ? 1 : 0;
        Moved += differs && HasMoved(field.Name, movie.Before, before, after) ? 1 : 0;
    }

    private static bool HasMoved(string column, Movie movie, double before, double after) => column switch
    {
        "popularity" or "budget" or "revenue" or "runtime" => before > 0 && after > 0 && (after > before * 5 || before > after * 5),
        "vote_count" => Math.Abs(after - before) > 10 && (after > before * 5 || before > after * 5),
        "vote_average" => Math.Abs(after - before) > 1,
        "title" => !Ascii.IsValid(movie.Title),
        "original_title" => !Ascii.IsValid(movie.OriginalTitle),
        _ => false,
    };
}

/// <summary>A decade of release dates.</summary>
/// <param name="Year">The first year; null for undated movies.</param>
internal readonly record struct Decade(int? Year)
{
    public static Decade GetOf(Movie movie) => new(movie.ReleaseYear is { } year ? DecadeProfile.GetYear(year) : null);

    public override string ToString() => Year is { } year ? FormattableString.Invariant($"the {year}s") : "unknown years";
}
