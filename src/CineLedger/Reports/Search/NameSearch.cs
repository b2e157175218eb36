using System.Data;
using System.Data.Common;
using System.Globalization;
using CineLedger.Model;
using CineLedger.Reports.Queries;
using CineLedger.Reports.Studios;
using CineLedger.Storage;
using CineLedger.Storage.Schema;

namespace CineLedger.Reports.Search;

/// <summary>Finds companies, studios and people by text: the best matches first, then those with the most movies or the highest revenue.</summary>
public static class NameSearch
{
    /// <summary>The number of IDs from which all names are counted, because the list of IDs would take longer to read.</summary>
    private const int MaxIds = 2_000;

    private const int MaxRoles = 5;

    public static IReadOnlyList<Column> CompanyColumns { get; } =
    [
        .. NameList.Columns, new("revenue", ColumnKind.Integer), new("studio", ColumnKind.Text),
    ];

    public static IReadOnlyList<Column> PersonColumns { get; } = [.. NameList.Columns, new("roles", ColumnKind.Text), new("person_id", ColumnKind.Identifier)];

    /// <summary>Reads the companies of a snapshot, each with the studio that owned it last. Throws <see cref="UsageException"/> if none matches.</summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="text">The text; null for all companies.</param>
    /// <param name="limit">The maximum number of rows; null for all.</param>
    /// <param name="snapshot">The snapshot to read.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public static async Task<DataTable> ReadCompaniesAsync(DbConnection connection, SearchText? text, int? limit, Snapshot snapshot, CancellationToken cancellationToken)
    {
        var matches = text is null ? null : await FindAsync(connection, "SELECT company_id, name FROM company", text, cancellationToken).ConfigureAwait(false);
        var studios = new Dictionary<int, string?>();
        if (await Migrations.HasStudiosAsync(connection, cancellationToken).ConfigureAwait(false))
        {
            await connection.ReadEachAsync(
                $"""
                SELECT s.company_id, t.name FROM company_studio s LEFT JOIN studio t ON t.studio_id = s.studio_id
                WHERE {AsOf.Build("s")} ORDER BY s.owned_to
                """,
                row => studios[row.GetInt32(0)] = row.IsDBNull(1) ? null : row.GetString(1),
                cancellationToken,
                snapshot.Id).ConfigureAwait(false);
        }

        var found = await connection.QueryAsync(
            $"""
            SELECT n.company_id, n.name, COUNT(*), CAST(MIN({BuildYear()}) AS BIGINT), CAST(MAX({BuildYear()}) AS BIGINT), CAST(SUM(m.revenue) AS BIGINT)
            FROM movie m JOIN movie_company l ON l.movie_id = m.movie_id AND l.since = m.since JOIN company n ON n.company_id = l.company_id
            WHERE {AsOf.Build("m")}{BuildFilter("l.company_id", matches)}
            GROUP BY n.company_id, n.name
            """,
            row => new Found(row.GetInt32(0), row.GetString(1), row.GetInt64(2), [row.GetValue(3), row.GetValue(4), row.GetValue(5), studios.GetValueOrDefault(row.GetInt32(0))]),
            cancellationToken,
            snapshot.Id).ConfigureAwait(false);
        return CreateTable(CompanyColumns, await SelectAsync("company", found, text, matches, limit, () => ReadNamesAsync(connection, "company", cancellationToken)).ConfigureAwait(false));
    }

    /// <summary>Reads the people of a snapshot, each with the roles in its movies. Throws <see cref="UsageException"/> if none matches.</summary>
    /// <inheritdoc cref="ReadCompaniesAsync"/>
    public static async Task<DataTable> ReadPeopleAsync(DbConnection connection, SearchText? text, int? limit, Snapshot snapshot, CancellationToken cancellationToken)
    {
        await Migrations.RequireRatingsAsync(connection, cancellationToken).ConfigureAwait(false);
        var matches = text is null ? null : await FindAsync(connection, "SELECT person_id, name FROM person", text, cancellationToken).ConfigureAwait(false);
        var from = $"""
            FROM movie m JOIN movie_person l ON l.movie_id = m.movie_id AND {AsOf.Build("l")} JOIN person n ON n.person_id = l.person_id
            WHERE {AsOf.Build("m")}
            """;
        var found = await connection.QueryAsync(
            $"""
            SELECT n.person_id, n.name, COUNT(DISTINCT m.movie_id), CAST(MIN({BuildYear()}) AS BIGINT), CAST(MAX({BuildYear()}) AS BIGINT), n.source_id
            {from}{BuildFilter("l.person_id", matches)}
            GROUP BY n.person_id, n.name, n.source_id
            """,
            row => new Found(row.GetInt32(0), row.GetString(1), row.GetInt64(2), [row.GetValue(3), row.GetValue(4), "", row.GetInt64(5)]),
            cancellationToken,
            snapshot.Id).ConfigureAwait(false);
        var people = await SelectAsync("person", found, text, matches, limit, () => ReadNamesAsync(connection, "person", cancellationToken)).ConfigureAwait(false);
        var roles = (await connection.QueryAsync(
            $"""
            SELECT l.person_id, CASE WHEN l.credit = 'cast' THEN 'Actor' ELSE COALESCE(l.job, l.department, 'Crew') END AS role, COUNT(DISTINCT m.movie_id)
            {from}{BuildFilter("l.person_id", people.ToDictionary(person => person.Id, _ => MatchRank.WholeName))}
            GROUP BY 1, 2
            """,
            row => (Id: row.GetInt32(0), Role: row.GetString(1), Movies: row.GetInt64(2)),
            cancellationToken,
            snapshot.Id).ConfigureAwait(false)).ToLookup(role => role.Id);
        foreach (var person in people)
        {
            person.Others[2] = string.Join(", ", roles[person.Id].OrderByDescending(role => role.Movies).ThenBy(role => role.Role, StringComparer.Ordinal).Take(MaxRoles)
                .Select(role => FormattableString.Invariant($"{role.Role} {role.Movies}")));
        }

        return CreateTable(PersonColumns, people);
    }

    /// <summary>Reads the studios of a snapshot, those with the highest revenue first. Throws <see cref="UsageException"/> if none matches.</summary>
    /// <inheritdoc cref="ReadCompaniesAsync"/>
    public static async Task<DataTable> ReadStudiosAsync(DbConnection connection, SearchText? text, int? limit, Snapshot snapshot, CancellationToken cancellationToken)
    {
        var result = await StudioList.OpenAsync(connection, new NameFilter { Order = QueryOrder.Parse("revenue:desc") }, snapshot, cancellationToken).ConfigureAwait(false);
        await using (result.ConfigureAwait(false))
        {
            var all = new List<object?[]>();
            while (await result.Rows.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                all.Add([.. Enumerable.Range(0, StudioList.Columns.Count).Select(result.Rows.GetValue)]);
            }

            List<object?[]> rows = text is null ? all : [.. all.Where(row => text.Match((string)row[0]!) is not null).OrderBy(row => text.Match((string)row[0]!))];
            return rows.Count == 0 && text is not null ? throw text.CreateNotFound("studio", all.Select(row => (string)row[0]!))
                : CreateTable(StudioList.Columns, rows.Take(limit ?? int.MaxValue));
        }
    }

    /// <summary>Returns the rank of each name that matches, by its ID.</summary>
    private static async Task<IReadOnlyDictionary<int, MatchRank>> FindAsync(DbConnection connection, string sql, SearchText text, CancellationToken cancellationToken)
    {
        var ranks = new Dictionary<int, MatchRank>();
        await connection.ReadEachAsync(
            sql,
            row =>
            {
                if (text.Match(row.GetString(1)) is { } rank)
                {
                    ranks[row.GetInt32(0)] = rank;
                }
            },
            cancellationToken).ConfigureAwait(false);
        return ranks;
    }

    private static Task<List<string>> ReadNamesAsync(DbConnection connection, string table, CancellationToken cancellationToken) =>
        connection.QueryAsync($"SELECT name FROM {table} ORDER BY {table}_id", row => row.GetString(0), cancellationToken);

    private static async Task<List<Found>> SelectAsync(
        string what, List<Found> found, SearchText? text, IReadOnlyDictionary<int, MatchRank>? matches, int? limit, Func<Task<List<string>>> readNames)
    {
        List<Found> selected =
        [
            .. found.Where(name => matches?.ContainsKey(name.Id) != false).OrderBy(name => matches?[name.Id] ?? MatchRank.WholeName).ThenByDescending(name => name.Movies)
                .ThenBy(name => name.Name, StringComparer.Ordinal).Take(limit ?? int.MaxValue),
        ];
        return selected.Count == 0 && text is not null ? throw text.CreateNotFound(what, await readNames().ConfigureAwait(false)) : selected;
    }

    private static string BuildFilter(string column, IReadOnlyDictionary<int, MatchRank>? ids) => ids switch
    {
        null or { Count: > MaxIds } => "",
        { Count: 0 } => " AND FALSE",
        _ => $" AND {column} IN ({string.Join(", ", ids.Keys.Select(id => id.ToString(CultureInfo.InvariantCulture)))})",
    };

    private static string BuildYear() => $"CASE WHEN {UnreleasedMovies.BuildExclusion("m", "$1")} THEN m.release_year END";

    private static DataTable CreateTable(IReadOnlyList<Column> columns, IEnumerable<Found> rows) =>
        CreateTable(columns, rows.Select(row => (object?[])[row.Name, row.Movies, .. row.Others]));

    private static DataTable CreateTable(IReadOnlyList<Column> columns, IEnumerable<object?[]> rows)
    {
        var table = new DataTable { Locale = CultureInfo.InvariantCulture };
        foreach (var column in columns)
        {
            table.Columns.Add(column.Name, column.Kind == ColumnKind.Text ? typeof(string) : typeof(long));
        }

        foreach (var row in rows)
        {
            table.Rows.Add(row);
        }

        return table;
    }

    /// <param name="Id">The ledger's number of the name.</param>
    /// <param name="Name">The name.</param>
    /// <param name="Movies">Its movies.</param>
    /// <param name="Others">The values of the other columns.</param>
    private sealed record Found(int Id, string Name, long Movies, object?[] Others);
}
