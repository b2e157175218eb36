using System.Data.Common;
using System.Globalization;
using CineLedger.Model;
using CineLedger.Storage;
using CineLedger.Storage.Schema;

namespace CineLedger.Loading.Gates;

/// <summary>
/// Compares each decade of release dates with its neighbors: no supplier knows a value for many movies of two decades and for none of the one between
/// them, and amounts do not change by a factor and back.
/// </summary>
internal static class DecadeGate
{
    private const int MinMovies = 100;
    private const int MinKnown = 20;

    /// <summary>The least share of the number of known values that the neighbors let expect.</summary>
    private const double MinShare = 0.1;

    /// <summary>The largest factor between a decade's median and those of its neighbors.</summary>
    private const double MaxFactor = 20;

    private static readonly string[] Columns = ["title", "budget", "revenue", "runtime", "popularity", "vote_average", "vote_count", "genres", "production_companies"];

    private static readonly string[] Medians = ["budget", "revenue", "runtime"];

    private sealed record Decade(int Year, long Movies, IReadOnlyDictionary<string, long> Known, IReadOnlyDictionary<string, double?> Medians);

    public static async Task<IReadOnlyList<GateViolation>> CheckAsync(DbConnection connection, int snapshot, long movies, CancellationToken cancellationToken)
    {
        var counts = Columns.Select(column => column switch
        {
            "genres" => "COUNT(*) FILTER (WHERE m.genre_count > 0)",
            "production_companies" => "COUNT(*) FILTER (WHERE m.company_count > 0)",
            _ => $"COUNT(m.{column})",
        });
        var medians = Medians.Select(column => $"CAST({FiguresReader.BuildQuantile("0.5", $"m.{column}")} AS DOUBLE PRECISION)");
        var decades = await connection.QueryAsync(
            $"""
            SELECT CAST(FLOOR(m.release_year / 10.0) * 10 AS INTEGER), COUNT(*), {string.Join(", ", [.. counts, .. medians])}
            FROM movie m WHERE {AsOf.Build("m", snapshot)} AND m.release_year IS NOT NULL AND {GateSample.BuildCondition("m", movies)}
            GROUP BY 1 HAVING COUNT(*) >= {MinMovies} ORDER BY 1
            """,
            row => new Decade(
                row.GetInt32(0), row.GetInt64(1),
                Columns.Index().ToDictionary(column => column.Item, column => row.GetInt64(2 + column.Index)),
                Medians.Index().ToDictionary(column => column.Item, column => FiguresReader.GetDouble(row, 2 + Columns.Length + column.Index))),
            cancellationToken).ConfigureAwait(false);
        return [.. decades.SelectMany((decade, i) => Check(decade, [.. decades.Skip(i - 1).Take(i > 0 ? 1 : 0), .. decades.Skip(i + 1).Take(1)]))];
    }

    private static IEnumerable<GateViolation> Check(Decade decade, IReadOnlyList<Decade> neighbors)
    {
        if (neighbors.Count == 0)
        {
            yield break;
        }

        foreach (var column in Columns)
        {
            var expected = decade.Movies * neighbors.Min(other => (double)other.Known[column] / other.Movies);
            if (expected >= MinKnown && decade.Known[column] < expected * MinShare)
            {
                yield return new(QualityGates.Coverage, column, string.Create(
                    CultureInfo.InvariantCulture,
                    $"{column} is known for {decade.Known[column]:N0} of {decade.Movies:N0} movies of the {decade.Year}s, fewer than in the decades around them"));
            }
        }

        foreach (var column in Medians.Where(column => decade.Known[column] >= MinKnown && neighbors.All(other => other.Known[column] >= MinKnown)))
        {
            if (neighbors.All(other => decade.Medians[column] > other.Medians[column] * MaxFactor)
                || neighbors.All(other => decade.Medians[column] < other.Medians[column] / MaxFactor))
            {
                yield return new(QualityGates.Amounts, column, string.Create(
                    CultureInfo.InvariantCulture,
                    $"the median {column} of the {decade.Year}s is {decade.Medians[column]:N0}, that of the decades around them {neighbors[0].Medians[column]:N0}"));
            }
        }
    }
}
