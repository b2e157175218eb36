using System.Data.Common;
using CineLedger.Model;
using CineLedger.Reports.Names;
using CineLedger.Reports.Queries;
using CineLedger.Storage;
using CineLedger.Storage.Schema;

namespace CineLedger.Reports.Search;

/// <summary>A kind of names that one search covers.</summary>
public sealed class SearchKind
{
    /// <summary>Reads the names of a snapshot, the most important first.</summary>
    private readonly Func<DbConnection, Snapshot, CancellationToken, Task<IEnumerable<FoundName>>> _read;

    private SearchKind(string name, string section, Func<DbConnection, Snapshot, CancellationToken, Task<IEnumerable<FoundName>>> read) =>
        (Name, Section, _read) = (name, section, read);

    /// <summary>The singular, as in queries: <c>company</c>.</summary>
    public string Name { get; }

    /// <summary>The plural, as in addresses: <c>companies</c>.</summary>
    public string Section { get; }

    /// <summary>All kinds, in the order of results that match equally well.</summary>
    public static IReadOnlyList<SearchKind> All { get; } =
    [
        new("movie", "movies", ReadMoviesAsync),
        CreateNames("studio", "studios"),
        CreateNames("company", "companies"),
        new("person", "people", ReadPeopleAsync),
        CreateNames("collection", "collections"),
        CreateNames("genre", "genres"),
    ];

    /// <summary>Reads the names of a snapshot into memory.</summary>
    public async Task<NameIndex> ReadIndexAsync(DbConnection connection, Snapshot snapshot, CancellationToken cancellationToken) =>
        NameIndex.Create(await _read(connection, snapshot, cancellationToken).ConfigureAwait(false));

    private static SearchKind CreateNames(string name, string section) => new(
        name,
        section,
        async (connection, snapshot, cancellationToken) =>
        {
            var dimension = Dimensions.Find(name, "--by");
            if (dimension.Links?.Query is not null && !await Migrations.HasStudiosAsync(connection, cancellationToken).ConfigureAwait(false))
            {
                return [];
            }

            var names = await new NameSource(connection, snapshot).ReadAsync(dimension, cancellationToken).ConfigureAwait(false);
            return names.Select(known => new FoundName(known.Name, 0, (int)known.Movies));
        });

    private static async Task<IEnumerable<FoundName>> ReadMoviesAsync(DbConnection connection, Snapshot snapshot, CancellationToken cancellationToken) =>
        await connection.QueryAsync(
            $"""
            SELECT m.movie_id, m.title, COALESCE(m.release_year, 0) FROM movie m
            WHERE {AsOf.Build("m")} AND m.title IS NOT NULL ORDER BY m.vote_count DESC NULLS LAST, m.movie_id
            """,
            row => new FoundName(row.GetString(1), row.GetInt64(0), row.GetInt32(2)),
            cancellationToken,
            snapshot.Id).ConfigureAwait(false);

    /// <summary>People of one name are one result, as in queries by director or actor.</summary>
    private static async Task<IEnumerable<FoundName>> ReadPeopleAsync(DbConnection connection, Snapshot snapshot, CancellationToken cancellationToken) =>
        await Migrations.HasRatingsAsync(connection, cancellationToken).ConfigureAwait(false)
            ? await connection.QueryAsync(
                $"""
                SELECT n.name, COUNT(DISTINCT l.movie_id)
                FROM movie m JOIN movie_person l ON l.movie_id = m.movie_id AND {AsOf.Build("l")} JOIN person n ON n.person_id = l.person_id
                WHERE {AsOf.Build("m")} GROUP BY n.name ORDER BY 2 DESC, 1
                """,
                row => new FoundName(row.GetString(0), 0, (int)row.GetInt64(1)),
                cancellationToken,
                snapshot.Id).ConfigureAwait(false)
            : [];
}
