using System.Data.Common;
using CineLedger.Model;
using CineLedger.Storage;
using CineLedger.Storage.Reading;
using CineLedger.Storage.Schema;

namespace CineLedger.Reports;

/// <summary>Everything that a snapshot holds about one movie.</summary>
/// <param name="Movie">The values from the movie file.</param>
/// <param name="Since">The snapshot that introduced this version of the movie.</param>
/// <param name="Ratings">The MovieLens ratings by year.</param>
/// <param name="Cast">The cast in billing order.</param>
/// <param name="Crew">The crew in the dataset's order.</param>
/// <param name="Keywords">The keywords in the dataset's order.</param>
/// <param name="Studios">The studios that owned one of the companies on the release date, in the order of the companies.</param>
public sealed record MovieDetails(
    Movie Movie, int Since, IReadOnlyList<RatingYear> Ratings, IReadOnlyList<CastMember> Cast, IReadOnlyList<CrewMember> Crew, IReadOnlyList<string> Keywords,
    IReadOnlyList<string> Studios)
{
    /// <summary>Returns null when the snapshot has no such movie. Ratings, people and keywords are empty when the ledger is too old to hold them.</summary>
    public static async Task<MovieDetails?> ReadAsync(DbConnection connection, long movieId, int snapshotId, CancellationToken cancellationToken)
    {
        var versions = await MovieRows.ReadAsync(
            connection, $"m.movie_id = $1 AND {AsOf.Build("m", "$2")}", cancellationToken, movieId, snapshotId).ConfigureAwait(false);
        if (versions.Count == 0)
        {
            return null;
        }

        var studios = await ReadStudiosAsync(connection, movieId, snapshotId, cancellationToken).ConfigureAwait(false);
        var facts = new MovieDetails(versions[0].Movie, versions[0].Since, [], [], [], [], studios);
        return await Migrations.HasRatingsAsync(connection, cancellationToken).ConfigureAwait(false)
            ? facts with
            {
                Ratings = await ReadAsync("x.rating_year, x.ratings, x.rating_sum", "movie_rating x", "x.rating_year", row =>
                    new RatingYear(row.GetInt32(0), row.GetInt64(1), decimal.Round(row.GetDecimal(2) / row.GetInt64(1), 6))).ConfigureAwait(false),
                Cast = await ReadAsync("n.name, x.character", SelectPeople("cast"), "x.position", row =>
                    new CastMember(row.GetString(0), row.GetText(1))).ConfigureAwait(false),
                Crew = await ReadAsync("n.name, x.job, x.department", SelectPeople("crew"), "x.position", row =>
                    new CrewMember(row.GetString(0), row.GetText(1), row.GetText(2))).ConfigureAwait(false),
                Keywords = await ReadAsync(
                    "n.name", "movie_keyword x JOIN keyword n ON n.keyword_id = x.keyword_id", "x.position", row => row.GetString(0)).ConfigureAwait(false),
            }
            : facts;

        async Task<IReadOnlyList<T>> ReadAsync<T>(string columns, string tables, string order, Func<DbDataReader, T> read) => await connection.QueryAsync(
            $"SELECT {columns} FROM {tables} WHERE x.movie_id = $1 AND {AsOf.Build("x", "$2")} ORDER BY {order}",
            read,
            cancellationToken,
            movieId,
            snapshotId).ConfigureAwait(false);

        static string SelectPeople(string credit) => $"movie_person x JOIN person n ON n.person_id = x.person_id AND x.credit = '{credit}'";
    }

    private static async Task<IReadOnlyList<string>> ReadStudiosAsync(DbConnection connection, long movieId, int snapshotId, CancellationToken cancellationToken) =>
        await Migrations.HasStudiosAsync(connection, cancellationToken).ConfigureAwait(false)
            ? await connection.QueryAsync(
                $"""
                SELECT n.name FROM ({StudioSql.BuildLinks("$2")}) x
                JOIN movie m ON m.movie_id = x.movie_id AND m.since = x.since AND {AsOf.Build("m", "$2")}
                JOIN studio n ON n.studio_id = x.studio_id
                WHERE x.movie_id = $1
                GROUP BY n.name ORDER BY MIN(x.position)
                """,
                row => row.GetString(0),
                cancellationToken,
                movieId,
                snapshotId).ConfigureAwait(false)
            : [];
}

/// <summary>The ratings that a movie received in one year.</summary>
/// <param name="Mean">The mean rating, 0.5 to 5, rounded to six places.</param>
public sealed record RatingYear(int Year, long Ratings, decimal Mean);

/// <summary>An actor in a movie and the character, if known.</summary>
public sealed record CastMember(string Name, string? Character);

/// <summary>A crew member of a movie and their job, if known.</summary>
public sealed record CrewMember(string Name, string? Job, string? Department);
