using System.Data.Common;
using CineLedger.Storage;
using CineLedger.Storage.Schema;

namespace CineLedger.Reports;

/// <summary>A credit of a person in a movie.</summary>
/// <param name="MovieId">The movie.</param>
/// <param name="Title">Its title; null if unknown.</param>
/// <param name="Year">Its year; null if unknown.</param>
/// <param name="Role">The character of an actor, or the job of a crew member; null if unknown.</param>
/// <param name="IsCast">Whether the person is an actor in the movie.</param>
/// <param name="SourceId">The person's TMDB ID, which distinguishes people with the same name.</param>
public sealed record PersonCredit(long MovieId, string? Title, int? Year, string? Role, bool IsCast, long SourceId)
{
    /// <summary>Reads all credits of the people with a name, the newest movies first; empty if the ledger is too old to hold credits.</summary>
    public static async Task<IReadOnlyList<PersonCredit>> ReadAsync(DbConnection connection, string name, int snapshotId, CancellationToken cancellationToken) =>
        await Migrations.HasRatingsAsync(connection, cancellationToken).ConfigureAwait(false)
            ? await connection.QueryAsync(
                $"""
                SELECT m.movie_id, m.title, m.release_year, CASE WHEN x.credit = 'cast' THEN x.character ELSE COALESCE(x.job, x.department) END, x.credit, n.source_id
                FROM movie m JOIN movie_person x ON x.movie_id = m.movie_id JOIN person n ON n.person_id = x.person_id
                WHERE n.name = $1 AND {AsOf.Build("m", "$2")} AND {AsOf.Build("x", "$2")}
                ORDER BY m.release_date DESC NULLS LAST, m.movie_id, x.credit, x.position
                """,
                row => new PersonCredit(
                    row.GetInt64(0), row.GetText(1), row.IsDBNull(2) ? null : row.GetInt32(2), row.GetText(3), row.GetString(4) == "cast", row.GetInt64(5)),
                cancellationToken,
                name,
                snapshotId).ConfigureAwait(false)
            : [];
}
