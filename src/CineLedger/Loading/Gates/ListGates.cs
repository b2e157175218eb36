using System.Data.Common;
using System.Globalization;
using CineLedger.Model;
using CineLedger.Storage;
using CineLedger.Storage.Schema;

namespace CineLedger.Loading.Gates;

/// <summary>Checks of genres and companies that need no earlier snapshot.</summary>
internal static class ListGates
{
    /// <summary>No supplier has more genres: TMDB has 19, IMDb 28.</summary>
    private const int MaxGenres = 200;

    private const int MinMovies = 500;

    /// <summary>Checks the number of names and the most frequent one.</summary>
    public static IEnumerable<GateViolation> Check(LedgerFigures figures)
    {
        foreach (var list in figures.Lists)
        {
            if (list is { Name: "genres", Names: > MaxGenres })
            {
                yield return new(QualityGates.Names, list.Name, Format($"there are {list.Names:N0} different genres, such as {list.Top}"));
            }

            if (list.Name == "production_companies" && list.Movies >= MinMovies && list.Names < list.Movies / 100)
            {
                yield return new(QualityGates.Names, list.Name, Format($"{list.Movies:N0} movies were produced by only {list.Names:N0} companies, such as {list.Top}"));
            }

            var largest = list.Name switch { "genres" => 0.9, "production_companies" => 0.5, _ => 1 };
            if (list.Movies >= ShareCheck.MinBase && list.TopMovies > list.Movies * largest)
            {
                yield return new(QualityGates.Names, list.Name, Format($"{list.TopMovies:N0} of {list.Movies:N0} movies with {list.Name} have the same name, {list.Top}"));
            }
        }
    }

    /// <summary>Checks for names that differ only in letter case or spaces, and for several names under one of the supplier's IDs.</summary>
    public static async Task<IReadOnlyList<GateViolation>> CheckSpellingsAsync(DbConnection connection, int snapshot, CancellationToken cancellationToken)
    {
        var violations = new List<GateViolation>();
        foreach (var list in GateList.All.Where(list => list.HasSourceIds))
        {
            var rows = await connection.QueryAsync(
                $"""
                WITH links AS (
                    SELECT l.{list.Key} AS id, l.source_id AS source_id, COUNT(*) AS movies
                    FROM movie m JOIN {list.LinkTable} l ON l.movie_id = m.movie_id AND l.since = m.since
                    WHERE {AsOf.Build("m", snapshot)} GROUP BY l.{list.Key}, l.source_id),
                named AS (
                    SELECT COUNT(DISTINCT n.name) AS names, MIN(n.name) AS example, MAX(n.name) AS other
                    FROM links k JOIN {list.Entity} n ON n.{list.Key} = k.id
                    GROUP BY LOWER(TRIM(REPLACE(REPLACE(n.name, '{'\u00a0'}', ' '), '  ', ' ')))),
                numbered AS (
                    SELECT COUNT(*) AS names, SUM(movies) - MAX(movies) AS minority, SUM(movies) AS movies FROM links WHERE source_id IS NOT NULL GROUP BY source_id)
                SELECT a.names, a.repeated, a.example, b.ids, b.shared
                FROM (SELECT CAST(SUM(names) AS BIGINT) AS names, CAST(SUM(names - 1) AS BIGINT) AS repeated,
                             MIN(CASE WHEN names > 1 THEN example || ' and ' || other END) AS example FROM named) a
                     CROSS JOIN (SELECT COUNT(*) AS ids, COUNT(*) FILTER (WHERE names > 1 AND minority * 100 > movies) AS shared FROM numbered) b
                """,
                row => (Names: GetCount(row, 0), Spellings: GetCount(row, 1), Example: row.GetText(2), Ids: row.GetInt64(3), Shared: row.GetInt64(4)),
                cancellationToken).ConfigureAwait(false);
            var (names, spellings, example, ids, shared) = rows[0];
            if (IsMany(spellings, names))
            {
                violations.Add(new(
                    QualityGates.Names, list.Name, Format($"{spellings:N0} of {names:N0} names in {list.Name} repeat another one in a different spelling, such as {example}")));
            }

            if (list.Name == "genres" ? shared > 0 : IsMany(shared, ids))
            {
                violations.Add(new(QualityGates.Names, list.Name, Format($"{shared:N0} of {ids:N0} IDs in {list.Name} have several names")));
            }
        }

        return violations;
    }

    private static bool IsMany(long part, long total) => part >= 3 && part > total * 0.05;

    private static long GetCount(DbDataReader row, int column) => row.IsDBNull(column) ? 0 : row.GetInt64(column);

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
