using CineLedger.Model;

namespace CineLedger.Reports;

/// <summary>Compares two versions of a movie field by field, under the names of the ledger's columns.</summary>
internal static class MovieDifferences
{
    private static readonly (string Name, Func<Movie, string?> Read)[] All =
    [
        .. MovieField.All.Append(MovieField.ReleaseYear).Select(field => (field.Name, (Func<Movie, string?>)field.Format)),
        ("companies", movie => JoinNames(movie.Companies.Select(company => company.Name))),
        ("genres", movie => JoinNames(movie.Genres.Select(genre => genre.Name))),
        ("countries", movie => JoinNames(movie.Countries.Select(country => country.Code))),
        ("languages", movie => JoinNames(movie.Languages.Select(language => language.Code))),
    ];

    /// <summary>Returns the fields in which two versions differ. A null value is unknown; a null movie did not exist.</summary>
    public static IEnumerable<(string Field, string? Before, string? After)> Find(Movie? before, Movie? after)
    {
        foreach (var (name, read) in All)
        {
            var (old, now) = (before is null ? null : read(before), after is null ? null : read(after));
            if (old != now)
            {
                yield return (name, old, now);
            }
        }
    }

    private static string? JoinNames(IEnumerable<string> names) => string.Join("; ", names) is { Length: > 0 } text ? text : null;
}
