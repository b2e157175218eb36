using System.Globalization;
using CineLedger.Storage;

namespace CineLedger.Web.Dashboard.Quality;

/// <summary>The movies of some findings that the ledger has or had, and which therefore have a page. A finding may be about a movie that no snapshot contains.</summary>
public sealed class ListedMovies
{
    private readonly HashSet<long> _ids = [];

    public static async Task<ListedMovies> ReadAsync(PageRequest request, IEnumerable<long> movies, CancellationToken cancellationToken)
    {
        var listed = new ListedMovies();
        var ids = string.Join(", ", movies.Distinct().Order().Select(id => id.ToString(CultureInfo.InvariantCulture)));
        if (ids.Length > 0)
        {
            listed._ids.UnionWith(await request.Ledger.ReadAsync(
                $"listed movies {ids}",
                (connection, cancel) => connection.QueryAsync($"SELECT DISTINCT movie_id FROM movie WHERE movie_id IN ({ids})", row => row.GetInt64(0), cancel),
                cancellationToken));
        }

        return listed;
    }

    public bool Contains(long movie) => _ids.Contains(movie);
}
