using System.Data.Common;
using CineLedger.Model;
using CineLedger.Reports.Queries;
using CineLedger.Storage;
using CineLedger.Storage.Reading;
using CineLedger.Storage.Schema;

namespace CineLedger.Reports.Search;

/// <summary>A kind of names that one search covers.</summary>
public sealed class SearchKind
{
    /// <summary>Reads the names of a snapshot, the most important first.</summary>
    private readonly Func<DbConnection, Snapshot, CancellationToken, Task<NameIndex>> _read;

    private SearchKind(string name, string section, Func<DbConnection, Snapshot, CancellationToken, Task<NameIndex>> read) =>
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
    public Task<NameIndex> ReadIndexAsync(DbConnection connection, Snapshot snapshot, CancellationToken cancellationToken) => _read(connection, snapshot, cancellationToken);

    private static SearchKind CreateNames(string name, string section) => new(
        name,
        section,
        async (connection, snapshot, cancellationToken) =>
        {
            var dimension = Dimensions.Find(name, "--by");
            return dimension.Links?.Query is null || await Migrations.HasStudiosAsync(connection, cancellationToken).ConfigureAwait(false)
                ? await ReadAsync(
                    connection,
                    BuildNames(dimension, snapshot.Id),
                    (names, row) => names.Add(RowReader.GetUtf8(row, 0), 0, (int)row.GetInt64(1)),
                    cancellationToken).ConfigureAwait(false)
                : NameIndex.Create([]);
        });

    /// <summary>Builds the names of a dimension with their numbers of movies. Names are counted by their IDs, which takes less time than by their texts.</summary>
    private static SqlBuilder BuildNames(Dimension dimension, int snapshotId)
    {
        var sql = new SqlBuilder();
        var asOf = sql.Add(snapshotId);
        sql.Text = dimension.Links is { } links
            ? $"""
              SELECT y.{links.Label} AS name, u.movies
              FROM (SELECT x.{links.IdColumn} AS id, COUNT(*) AS movies FROM movie f {links.BuildJoin("x", asOf, withCounts: false)} WHERE {AsOf.Build("f", asOf)} GROUP BY x.{links.IdColumn}) u
              JOIN {links.Names} y ON y.{links.IdColumn} = u.id
              ORDER BY movies DESC, name
              """
            : $"""
              SELECT m.{dimension.Column} AS name, COUNT(*) AS movies FROM movie m
              WHERE {AsOf.Build("m", asOf)} AND m.{dimension.Column} IS NOT NULL GROUP BY m.{dimension.Column} ORDER BY movies DESC, name
              """;
        return sql;
    }

    private static Task<NameIndex> ReadMoviesAsync(DbConnection connection, Snapshot snapshot, CancellationToken cancellationToken)
    {
        var sql = new SqlBuilder();
        var asOf = sql.Add(snapshot.Id);
        sql.Text = $"""
            SELECT m.title, m.movie_id, COALESCE(m.release_year, 0), {MovieSearch.OriginalTitle} FROM movie m
            WHERE {AsOf.Build("m", asOf)} AND m.title IS NOT NULL ORDER BY m.vote_count DESC NULLS LAST, m.movie_id
            """;
        return ReadAsync(
            connection,
            sql,
            (names, row) =>
            {
                var id = row.GetInt64(1);
                names.Add(RowReader.GetUtf8(row, 0), id, row.GetInt32(2));
                if (!row.IsDBNull(3))
                {
                    names.AddAlias(RowReader.GetUtf8(row, 3), id);
                }
            },
            cancellationToken);
    }

    private static async Task<NameIndex> ReadPeopleAsync(DbConnection connection, Snapshot snapshot, CancellationToken cancellationToken) =>
        await Migrations.HasRatingsAsync(connection, cancellationToken).ConfigureAwait(false)
            ? await new PersonNames(connection, snapshot).ReadAsync(cancellationToken).ConfigureAwait(false)
            : NameIndex.Create([]);

    private static async Task<NameIndex> ReadAsync(DbConnection connection, SqlBuilder sql, Action<NameIndexBuilder, DbDataReader> add, CancellationToken cancellationToken)
    {
        var names = new NameIndexBuilder();
        await connection.StreamEachAsync(sql.Text, sql.Parameters, row => add(names, row), cancellationToken).ConfigureAwait(false);
        return names.Build();
    }
}
