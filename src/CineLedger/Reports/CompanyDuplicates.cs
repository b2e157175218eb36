using System.Data;
using System.Data.Common;
using CineLedger.Model;
using CineLedger.Storage;
using CineLedger.Storage.Schema;

namespace CineLedger.Reports;

/// <summary>
/// Lists pairs of companies that may be one: those with movies under the same TMDB ID, and those with similar names. It suggests and changes nothing.
/// </summary>
public static class CompanyDuplicates
{
    private const string SameId = "same TMDB ID";
    private const string SimilarName = "similar name";

    public static IReadOnlyList<Column> Columns { get; } =
    [
        new("reason", ColumnKind.Text), new("company", ColumnKind.Text), new("movies", ColumnKind.Integer), new("revenue", ColumnKind.Integer),
        new("other_company", ColumnKind.Text), new("other_movies", ColumnKind.Integer), new("other_revenue", ColumnKind.Integer),
        new("source_id", ColumnKind.Identifier), new("similarity", ColumnKind.Integer),
    ];

    /// <summary>
    /// Reads one row per pair, the company with more movies first. Pairs under one ID come first, then the most similar names; within these, those with
    /// the largest revenue of the company with less.
    /// </summary>
    public static async Task<DataTable> ReadAsync(DbConnection connection, Snapshot snapshot, CancellationToken cancellationToken)
    {
        var links = await connection.QueryAsync(
            $"""
            SELECT c.name, l.source_id, COUNT(*), CAST(SUM(m.revenue) AS BIGINT)
            FROM movie m JOIN movie_company l ON l.movie_id = m.movie_id AND l.since = m.since JOIN company c ON c.company_id = l.company_id
            WHERE {AsOf.Build("m")}
            GROUP BY c.name, l.source_id
            """,
            row => (Name: row.GetString(0), Id: row.IsDBNull(1) ? (long?)null : row.GetInt64(1), Movies: row.GetInt64(2), Revenue: row.IsDBNull(3) ? (long?)null : row.GetInt64(3)),
            cancellationToken,
            snapshot.Id).ConfigureAwait(false);
        var companies = links.GroupBy(link => link.Name).Select(company => new Named(company.Key, company.Sum(link => link.Movies), company.Any(link => link.Revenue is not null)
            ? company.Sum(link => link.Revenue) : null)).OrderByDescending(company => company.Movies).ThenBy(company => company.Name, StringComparer.Ordinal).ToList();
        var places = companies.Select((company, place) => (company.Name, place)).ToDictionary(pair => pair.Name, pair => pair.place);
        var shared = links.Where(link => link.Id is not null).GroupBy(link => link.Id!.Value).SelectMany(id => FindPairs([.. id.Select(link => places[link.Name]).Order()], id.Key))
            .GroupBy(pair => (pair.First, pair.Second)).Select(pair => pair.MinBy(link => link.Id)).ToDictionary(pair => (pair.First, pair.Second), pair => pair.Id);
        var similar = SimilarNames.Find(companies.ConvertAll(company => company.Name), cancellationToken);

        var table = new DataTable { Locale = System.Globalization.CultureInfo.InvariantCulture };
        foreach (var column in Columns)
        {
            table.Columns.Add(column.Name, column.Kind == ColumnKind.Text ? typeof(string) : typeof(long));
        }

        foreach (var (first, second) in shared.Keys.Union(similar.Keys)
            .OrderByDescending(shared.ContainsKey).ThenByDescending(pair => shared.ContainsKey(pair) ? 0 : similar[pair])
            .ThenByDescending(pair => Math.Min(companies[pair.First].Revenue ?? 0, companies[pair.Second].Revenue ?? 0))
            .ThenBy(pair => companies[pair.First].Name, StringComparer.Ordinal).ThenBy(pair => companies[pair.Second].Name, StringComparer.Ordinal))
        {
            var (one, other) = (companies[first], companies[second]);
            var id = shared.TryGetValue((first, second), out var number) ? number : (long?)null;
            table.Rows.Add(
                id is null ? SimilarName : SameId, one.Name, one.Movies, one.Revenue, other.Name, other.Movies, other.Revenue, id,
                similar.TryGetValue((first, second), out var similarity) ? similarity : null);
        }

        return table;
    }

    /// <summary>Returns the pairs of the largest company under an ID with each other one.</summary>
    private static IEnumerable<(int First, int Second, long Id)> FindPairs(List<int> places, long id) => places.Skip(1).Select(other => (places[0], other, id));

    /// <param name="Name">The name.</param>
    /// <param name="Movies">Its movies in the snapshot.</param>
    /// <param name="Revenue">The sum of their known revenues in dollars; null if none is known.</param>
    private sealed record Named(string Name, long Movies, long? Revenue);
}
