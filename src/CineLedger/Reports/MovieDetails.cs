using System.Data.Common;
using CineLedger.Model;
using CineLedger.Storage;
using CineLedger.Storage.Reading;
using CineLedger.Storage.Schema;

namespace CineLedger.Reports;

/// <summary>All that a snapshot knows of one movie.</summary>
/// <param name="Movie">What movies' own file says.</param>
/// <param name="Since">The snapshot that brought this version of it.</param>
/// <param name="Ratings">MovieLens's ratings, a year at a time.</param>
/// <param name="Cast">As billed.</param>
/// <param name="Crew">As listed.</param>
/// <param name="Keywords">In the dataset's order.</param>
public sealed record MovieDetails(
    Movie Movie, int Since, IReadOnlyList<RatingYear> Ratings, IReadOnlyList<CastMember> Cast, IReadOnlyList<CrewMember> Crew, IReadOnlyList<string> Keywords)
{
    /// <summary>Null where the snapshot has no such movie. A ledger that is too old to hold ratings, people and keywords has none of them.</summary>
    public static async Task<MovieDetails?> ReadAsync(DbConnection connection, long movieId, int snapshotId, CancellationToken cancellationToken)
    {
        var versions = await MovieRows.ReadAsync(
            connection, $"m.movie_id = $1 AND {AsOf.Build("m", "$2")}", cancellationToken, movieId, snapshotId).ConfigureAwait(false);
        if (versions.Count == 0)
        {
            return null;
        }

        var facts = new MovieDetails(versions[0].Movie, versions[0].Since, [], [], [], []);
        return await Migrations.HasRatingsAsync(connection, cancellationToken).ConfigureAwait(false)
            ? facts with
            {
                Ratings = await ReadAsync("x.rating_year, x.ratings, x.rating_sum", "movie_rating x", "x.rating_year", row =>
                    new RatingYear(row.GetInt32(0), row.GetInt64(1), decimal.Round(row.GetDecimal(2) / row.GetInt64(1), 6))).ConfigureAwait(false),
                Cast = await ReadAsync("n.name, x.character", SelectPeople("cast"), "x.position", row => new CastMember(row.GetString(0), row.GetText(1))).ConfigureAwait(false),
                Crew = await ReadAsync("n.name, x.job, x.department", SelectPeople("crew"), "x.position", row =>
                    new CrewMember(row.GetString(0), row.GetText(1), row.GetText(2))).ConfigureAwait(false),
                Keywords = await ReadAsync(
                    "n.name", "movie_keyword x JOIN keyword n ON n.keyword_id = x.keyword_id", "x.position", row => row.GetString(0)).ConfigureAwait(false),
            }
            : facts;

        async Task<IReadOnlyList<T>> ReadAsync<T>(string columns, string tables, string order, Func<DbDataReader, T> read) => await connection.QueryAsync(
            $"SELECT {columns} FROM {tables} WHERE x.movie_id = $1 AND {AsOf.Build("x", "$2")} ORDER BY {order}", read, cancellationToken, movieId, snapshotId).ConfigureAwait(false);

        static string SelectPeople(string credit) => $"movie_person x JOIN person n ON n.person_id = x.person_id AND x.credit = '{credit}'";
    }
}

/// <summary>What one year's viewers gave a movie.</summary>
/// <param name="Mean">0.5 to 5, to six places.</param>
public sealed record RatingYear(int Year, long Ratings, decimal Mean);

/// <summary>Somebody who plays in a movie; whom, where that is known.</summary>
public sealed record CastMember(string Name, string? Character);

/// <summary>Somebody who works on a movie; as what, where that is known.</summary>
public sealed record CrewMember(string Name, string? Job, string? Department);
