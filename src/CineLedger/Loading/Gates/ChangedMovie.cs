using System.Data.Common;
using System.Globalization;
using CineLedger.Model;
using CineLedger.Storage.Reading;

namespace CineLedger.Loading.Gates;

/// <summary>A movie that a load changes.</summary>
/// <param name="Before">Its version in the previous snapshot.</param>
/// <param name="After">Its new version.</param>
internal sealed record ChangedMovie(Movie Before, Movie After)
{
    /// <summary>Reads the movies with a version that ends, and another that begins, in snapshot <paramref name="current"/>, ordered by ID.</summary>
    /// <param name="connection">The connection on which the new rows are visible and the replaced ones ended.</param>
    /// <param name="current">The new snapshot.</param>
    /// <param name="sample">A condition on <c>movie m</c> that selects some of the movies.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public static async Task<List<ChangedMovie>> ReadAsync(DbConnection connection, int current, string sample, CancellationToken cancellationToken)
    {
        var now = current.ToString(CultureInfo.InvariantCulture);
        var before = await MovieRows.ReadAsync(connection, $"m.until = {now} AND m.since < {now} AND {sample}", cancellationToken).ConfigureAwait(false);
        if (before.Count == 0)
        {
            return [];
        }

        var after = await MovieRows.ReadAsync(
            connection, $"m.since = {now} AND {sample} AND m.movie_id IN (SELECT o.movie_id FROM movie o WHERE o.until = {now} AND o.since < {now})", cancellationToken)
            .ConfigureAwait(false);
        var versions = after.ToDictionary(version => version.Movie.Id, version => version.Movie);
        return [.. before.Where(version => versions.ContainsKey(version.Movie.Id)).Select(version => new ChangedMovie(version.Movie, versions[version.Movie.Id]))];
    }
}
