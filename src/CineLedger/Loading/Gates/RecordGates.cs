using System.Globalization;
using CineLedger.Model;

namespace CineLedger.Loading.Gates;

/// <summary>Checks of a load's records and movies while they are read, before any row is committed.</summary>
internal static class RecordGates
{
    /// <summary>The largest share of rejected records with which ratings, credits and keywords are still published.</summary>
    public const double DefaultMaxRejects = 0.01;

    /// <summary>The share of the ledger's movies that a full load may remove. A larger share indicates a damaged or partial file.</summary>
    private const double MaxShrink = 0.20;

    /// <summary>The same limit for at least <see cref="MinRemoved"/> movies: no supplier withdraws so many in a month.</summary>
    private const double MaxShrinkOfMany = 0.01;
    private const int MinRemoved = 20;

    /// <summary>The share of records that may contradict another record of the same movie. The original dataset has 13 in 45,000.</summary>
    private const double MaxConflicts = 0.05;
    private const int MinConflicts = 20;

    /// <summary>The share of movie records that may be rejected when no limit is given. The original dataset has none in 45,000.</summary>
    private const double DefaultMaxMovieRejects = 0.0005;
    private const int FewRejects = 3;

    /// <summary>The length of the shortest record: a digit and a line end.</summary>
    private const int MinRecordBytes = 2;

    /// <summary>The last part of a file is always read, which takes a few seconds, so that the message gives the figures of the whole file.</summary>
    private const int AlwaysReadBytes = 8 << 20;

    private const double MaxFieldRejects = 0.05;
    private const int MinFieldRejects = 10;

    /// <summary>Checks the share of rejected records of a file against a limit.</summary>
    public static IEnumerable<GateViolation> CheckRejects(string file, long rejected, long records, double maxShare, string examples)
    {
        if (rejected > records * maxShare)
        {
            yield return new(QualityGates.Rejects, null, Format(
                $"{rejected:N0} of {records:N0} records of {file} were rejected, more than --max-rejects {maxShare * 100:0.##}% allows{examples}"));
        }
    }

    /// <summary>Checks the rejected records of the movies file. If no limit is given, a few are accepted unless as many movies of the ledger disappear.</summary>
    public static IEnumerable<GateViolation> CheckMovieRejects(string file, MovieFileLoad movies, double? maxShare)
    {
        var (rejected, records) = (movies.RejectedRecords, movies.Records);
        if (maxShare is { } limit)
        {
            return CheckRejects(file, rejected, records, limit, movies.Examples.RejectedRecords);
        }

        var lost = Math.Min(rejected, movies.Missing);
        var isMany = rejected * 2 > records || (rejected > FewRejects && rejected > records * DefaultMaxMovieRejects);
        return isMany || (lost >= FewRejects && lost > movies.KnownMovies * DefaultMaxMovieRejects / 2)
            ? [new(QualityGates.Rejects, null, Format($"{rejected:N0} of {records:N0} records of {file} were rejected{DescribeMissing(movies)}; --max-rejects allows more{movies.Examples.RejectedRecords}"))]
            : [];
    }

    /// <summary>
    /// Checks, while a file is read, whether so many records were rejected that the file is certain to fail, even if the rest of it consisted of good records
    /// of the shortest possible length. Small files, and files with bad records at their beginning but few of them overall, are read to their end.
    /// </summary>
    /// <param name="file">The name of the file.</param>
    /// <param name="rejected">The records rejected so far.</param>
    /// <param name="records">The records read so far.</param>
    /// <param name="bytesLeft">The length of the unread part, or a higher estimate.</param>
    /// <param name="maxShare">The largest accepted share of rejected records; null for the default of movies.</param>
    /// <param name="examples">Describes some of the rejected records; empty for none.</param>
    public static IEnumerable<GateViolation> CheckRejectsEarly(string file, long rejected, long records, long bytesLeft, double? maxShare, Func<string> examples)
    {
        if (bytesLeft > AlwaysReadBytes && rejected > FewRejects && rejected > (records + (bytesLeft / MinRecordBytes) + 1) * (maxShare ?? DefaultMaxMovieRejects))
        {
            yield return new(QualityGates.Rejects, null, Format(
                $"{rejected:N0} of the first {records:N0} records of {file} were rejected, more than {(maxShare is null ? "the default" : "--max-rejects")} allows for the whole file; the rest was not read{examples()}"));
        }
    }

    /// <summary>Checks the rejected values of each column.</summary>
    public static IEnumerable<GateViolation> CheckFields(string file, long records, FindingExamples findings)
    {
        foreach (var (field, rejected, examples) in findings.RejectedFields)
        {
            if (rejected >= MinFieldRejects && rejected > records * MaxFieldRejects)
            {
                yield return new(QualityGates.FieldRejects, field, Format($"{rejected:N0} of {records:N0} values of {field} in {file} were rejected ({examples})"));
            }
        }
    }

    /// <summary>Whether a movie has anything that a report shows.</summary>
    public static bool HasContent(Movie movie) =>
        movie is { ReleaseDate: not null } or { Budget: not null } or { Revenue: not null } or { Genres.Count: > 0 } or { Companies.Count: > 0 };

    /// <summary>Checks that a file does not hold two versions of its movies.</summary>
    public static IEnumerable<GateViolation> CheckConflicts(string file, MovieFileLoad movies)
    {
        if (movies.ConflictingRecords >= MinConflicts && movies.ConflictingRecords > movies.Records * MaxConflicts)
        {
            yield return new(QualityGates.Duplicates, "id", Format(
                $"{movies.ConflictingRecords:N0} of {movies.Records:N0} records of {file} contradict another record with the same ID"));
        }
    }

    /// <summary>Checks that a file contains what any movies file has.</summary>
    public static IEnumerable<GateViolation> CheckKind(string file, MovieFileLoad movies)
    {
        if (movies is { MoviesRead: > 0, HasContent: false })
        {
            yield return new(QualityGates.Kind, null, Format(
                $"{file} is not a movies file: none of its {movies.MoviesRead:N0} movies has a date, an amount, a genre or a company. Load the complete dataset instead"));
        }
    }

    /// <summary>Checks the number of movies that would be removed.</summary>
    public static IEnumerable<GateViolation> CheckShrink(long removed, long before)
    {
        if (removed > before * MaxShrink || (removed >= MinRemoved && removed > before * MaxShrinkOfMany))
        {
            yield return new(QualityGates.Shrink, null, Format(
                $"the dataset lacks {removed:N0} of the ledger's {before:N0} movies ({(double)removed / before:P0}, matched by ID); use --merge to load a part, or --allow-shrink to remove them"));
        }
    }

    private static string DescribeMissing(MovieFileLoad movies) => movies.Missing > 0 ? Format($", and {movies.Missing:N0} movies of the ledger disappeared") : "";

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
