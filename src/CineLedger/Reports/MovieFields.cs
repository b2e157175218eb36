using System.Globalization;
using CineLedger.Model;

namespace CineLedger.Reports;

/// <summary>The fields of a film as text, under the names of the ledger's columns: what a difference is told in.</summary>
internal static class MovieFields
{
    private static readonly (string Name, Func<Movie, string?> Read)[] All =
    [
        ("title", movie => movie.Title),
        ("original_title", movie => movie.OriginalTitle),
        ("release_date", movie => movie.ReleaseDate?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        ("budget", movie => Text(movie.Budget)),
        ("revenue", movie => Text(movie.Revenue)),
        ("runtime", movie => Text(movie.Runtime)),
        ("popularity", movie => Text(movie.Popularity)),
        ("vote_average", movie => Text(movie.VoteAverage)),
        ("vote_count", movie => Text(movie.VoteCount)),
        ("language", movie => movie.Language),
        ("status", movie => movie.Status),
        ("collection", movie => movie.Collection),
        ("imdb_id", movie => movie.ImdbId),
        ("adult", movie => movie.Adult?.ToString()),
        ("video", movie => movie.Video?.ToString()),
        ("homepage", movie => movie.Homepage),
        ("poster_path", movie => movie.PosterPath),
        ("tagline", movie => movie.Tagline),
        ("overview", movie => movie.Overview),
        ("companies", movie => List(movie.Companies.Select(company => company.Name))),
        ("genres", movie => List(movie.Genres.Select(genre => genre.Name))),
        ("countries", movie => List(movie.Countries.Select(country => country.Code))),
        ("languages", movie => List(movie.Languages.Select(language => language.Code))),
    ];

    /// <summary>The fields in which two versions differ; a null stands for unknown, or for a film that was not there.</summary>
    public static IEnumerable<(string Field, string? Before, string? After)> Differences(Movie? before, Movie? after)
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

    private static string? Text(decimal? value) => value?.ToString("0.######", CultureInfo.InvariantCulture);

    private static string? List(IEnumerable<string> names) => string.Join("; ", names) is { Length: > 0 } text ? text : null;
}
