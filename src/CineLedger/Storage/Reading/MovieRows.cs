using System.Data.Common;
using CineLedger.Model;

namespace CineLedger.Storage.Reading;

/// <summary>Reads movies from the ledger's tables.</summary>
internal static class MovieRows
{
    private const int FirstField = 4;

    /// <summary>The year comes after the date, because it is used only if there is no date.</summary>
    private static readonly MovieField[] Fields = [.. MovieField.All, MovieField.ReleaseYear];

    private static readonly string Columns = string.Join(", ", ["m.movie_id", "m.since", "m.until", "m.line", .. Fields.Select(field => $"m.{field.Name}")]);

    /// <summary>Returns the movie versions that match <paramref name="where"/>, a condition on <c>movie m</c>, sorted by ID, oldest version first.</summary>
    public static async Task<IReadOnlyList<MovieVersion>> ReadAsync(
        DbConnection connection, string where, CancellationToken cancellationToken, params object?[] parameters)
    {
        var companies = await ReadLinksAsync("company", "n.name, l.source_id", row => new Company(row.GetString(2), GetInteger(row, 3))).ConfigureAwait(false);
        var genres = await ReadLinksAsync("genre", "n.name, l.source_id", row => new Genre(row.GetString(2), GetInteger(row, 3))).ConfigureAwait(false);
        var countries = await ReadLinksAsync("country", "n.code, n.name", row => new Country(row.GetString(2), row.GetString(3))).ConfigureAwait(false);
        var languages = await ReadLinksAsync("language", "n.code, n.name", row => new Language(row.GetString(2), row.GetString(3))).ConfigureAwait(false);
        return await connection.QueryAsync(
            $"SELECT {Columns} FROM movie m WHERE {where} ORDER BY m.movie_id, m.since",
            row =>
            {
                var key = (row.GetInt64(0), row.GetInt32(1));
                var movie = new Movie
                {
                    Id = key.Item1,
                    Line = row.GetInt32(3),
                    Companies = companies.GetValueOrDefault(key) ?? [],
                    Genres = genres.GetValueOrDefault(key) ?? [],
                    Countries = countries.GetValueOrDefault(key) ?? [],
                    Languages = languages.GetValueOrDefault(key) ?? [],
                };
                for (var i = 0; i < Fields.Length; i++)
                {
                    Fields[i].Read(movie, row, FirstField + i);
                }

                return new MovieVersion(movie, row.GetInt32(1), row.IsDBNull(2) ? null : row.GetInt32(2));
            },
            cancellationToken,
            parameters).ConfigureAwait(false);

        async Task<Dictionary<(long, int), List<T>>> ReadLinksAsync<T>(string name, string columns, Func<DbDataReader, T> read)
        {
            var links = new Dictionary<(long, int), List<T>>();
            var sql = $"""
                SELECT l.movie_id, l.since, {columns}
                FROM movie m
                JOIN movie_{name} l ON l.movie_id = m.movie_id AND l.since = m.since
                JOIN {name} n ON n.{name}_id = l.{name}_id
                WHERE {where}
                ORDER BY l.movie_id, l.since, l.position
                """;
            foreach (var (key, item) in await connection.QueryAsync(
                sql, row => ((row.GetInt64(0), row.GetInt32(1)), read(row)), cancellationToken, parameters).ConfigureAwait(false))
            {
                if (!links.TryGetValue(key, out var list))
                {
                    links[key] = list = [];
                }

                list.Add(item);
            }

            return links;
        }
    }

    private static long? GetInteger(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);
}
