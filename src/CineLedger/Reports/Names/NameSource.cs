using System.Data.Common;
using CineLedger.Model;
using CineLedger.Reports.Queries;
using CineLedger.Storage;
using CineLedger.Storage.Schema;

namespace CineLedger.Reports.Names;

/// <summary>Reads the names of dimensions as of a snapshot.</summary>
/// <param name="connection">An open connection.</param>
/// <param name="snapshot">The snapshot.</param>
/// <param name="cache">Returns a list that was read before, by a key that is unique within the snapshot; null to read it for every request.</param>
public sealed class NameSource(DbConnection connection, Snapshot snapshot, NameCache? cache = null)
{
    /// <summary>Returns whether the ledger has a name in this spelling.</summary>
    internal async Task<bool> ContainsAsync(Dimension dimension, string name, CancellationToken cancellationToken)
    {
        var (table, columns) = dimension.Links is { } links ? (links.Names, (string[])[links.Label, .. links.AlternativeLabels]) : ("movie", [dimension.Column!]);
        return await connection.ExecuteScalarAsync(
            $"SELECT 1 FROM {table} WHERE {string.Join(" OR ", columns.Select(column => $"{column} = $1"))} LIMIT 1", cancellationToken, name).ConfigureAwait(false) is not null;
    }

    /// <summary>Reads all names that the ledger ever had, without counting their movies.</summary>
    internal Task<IReadOnlyList<KnownName>> ReadLabelsAsync(Dimension dimension, CancellationToken cancellationToken) => GetAsync(
        $"labels of {dimension.Name}",
        async () => await connection.QueryAsync(
            $"SELECT {dimension.Links!.Label} FROM {dimension.Links.Names}", row => new KnownName(row.GetString(0), [], 0), cancellationToken).ConfigureAwait(false));

    /// <summary>Reads the names that movies of the snapshot have, and counts these movies.</summary>
    internal Task<IReadOnlyList<KnownName>> ReadAsync(Dimension dimension, CancellationToken cancellationToken) =>
        GetAsync($"names of {dimension.Name} in {dimension.Links?.Names}", () => ReadAsync(dimension, [], cancellationToken));

    /// <summary>Counts the movies of some linked names. Those without movies in the snapshot are left out.</summary>
    internal Task<IReadOnlyList<KnownName>> CountAsync(Dimension dimension, IReadOnlyList<string> names, CancellationToken cancellationToken) =>
        ReadAsync(dimension, names, cancellationToken);

    internal Task<bool> HasStudiosAsync(CancellationToken cancellationToken) => Migrations.HasStudiosAsync(connection, cancellationToken);

    internal Task RequireTablesAsync(QueryRequest query, CancellationToken cancellationToken) => ReportRunner.RequireTablesAsync(connection, query, cancellationToken);

    /// <summary>Returns the first and last release year between two years, inclusive; null if the snapshot has no movie of these years.</summary>
    internal async Task<(int First, int Last)?> FindYearsAsync(int from, int to, CancellationToken cancellationToken)
    {
        var rows = await connection.QueryAsync(
            $"SELECT MIN(m.release_year), MAX(m.release_year) FROM movie m WHERE {AsOf.Build("m")} AND m.release_year BETWEEN $2 AND $3",
            row => row.IsDBNull(0) ? ((int, int)?)null : (row.GetInt32(0), row.GetInt32(1)),
            cancellationToken, snapshot.Id, from, to).ConfigureAwait(false);
        return rows[0];
    }

    /// <summary>Returns whether the snapshot has a movie that was released between two years, inclusive. It reads no more movies than it must.</summary>
    internal async Task<bool> HasYearsAsync(int from, int to, CancellationToken cancellationToken) => await connection.ExecuteScalarAsync(
        $"SELECT 1 FROM movie m WHERE {AsOf.Build("m")} AND m.release_year BETWEEN $2 AND $3 LIMIT 1", cancellationToken, snapshot.Id, from, to).ConfigureAwait(false) is not null;

    private Task<IReadOnlyList<KnownName>> GetAsync(string key, Func<Task<IReadOnlyList<KnownName>>> read) => cache is null ? read() : cache(key, read);

    private async Task<IReadOnlyList<KnownName>> ReadAsync(Dimension dimension, IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        var sql = new SqlBuilder();
        var asOf = sql.Add(snapshot.Id);
        if (dimension.Links is { } links)
        {
            var columns = string.Join(", ", links.AlternativeLabels.Prepend(links.Label).Select(column => $"y.{column}"));
            sql.Text = $"""
                SELECT COUNT({(links.Disambiguator is null ? "*" : "DISTINCT f.movie_id")}), {columns}
                FROM movie f {links.BuildJoin("x", asOf, withCounts: false)} JOIN {links.Names} y ON y.{links.IdColumn} = x.{links.IdColumn}
                WHERE {AsOf.Build("f", asOf)}{(names.Count == 0 ? "" : $" AND y.{links.Label} IN ({sql.AddAll(names)})")}
                GROUP BY {columns}
                """;
        }
        else
        {
            sql.Text = $"SELECT COUNT(*), m.{dimension.Column} FROM movie m WHERE {AsOf.Build("m", asOf)} AND m.{dimension.Column} IS NOT NULL GROUP BY m.{dimension.Column}";
        }

        var rows = await connection.QueryAsync(
            sql.Text,
            row => (Movies: row.GetInt64(0), Texts: Enumerable.Range(1, row.FieldCount - 1).Where(at => !row.IsDBNull(at)).Select(row.GetString).ToList()),
            cancellationToken,
            [.. sql.Parameters]).ConfigureAwait(false);
        return
        [
            .. rows.Where(row => row.Texts.Count > 0).Select(row => new KnownName(row.Texts[0], [.. row.Texts[1..], .. NameSynonyms.Find(dimension, row.Texts)], row.Movies))
                .OrderByDescending(known => known.Movies).ThenBy(known => known.Name, StringComparer.Ordinal),
        ];
    }
}

/// <summary>Returns a list of names from a cache, or reads it and adds it to the cache.</summary>
public delegate Task<IReadOnlyList<KnownName>> NameCache(string key, Func<Task<IReadOnlyList<KnownName>>> read);
