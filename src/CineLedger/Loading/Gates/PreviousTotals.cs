using System.Data.Common;
using CineLedger.Model;
using CineLedger.Storage;
using CineLedger.Storage.Schema;

namespace CineLedger.Loading.Gates;

/// <summary>How many movies of the previous snapshot had a value or a list, in the sample of <see cref="GateSample"/>.</summary>
internal sealed class PreviousTotals
{
    private readonly Dictionary<Decade, long[]> _known = [];
    private readonly Dictionary<GateList, (long Movies, long Names)> _lists = [];

    private PreviousTotals()
    {
    }

    public static async Task<PreviousTotals> ReadAsync(DbConnection connection, int snapshot, long movies, CancellationToken cancellationToken)
    {
        var totals = new PreviousTotals();
        var where = $"{AsOf.Build("m", snapshot)} AND {GateSample.BuildCondition("m", movies)}";
        await connection.ReadEachAsync(
            $"""
            SELECT CAST(FLOOR(m.release_year / 10.0) * 10 AS INTEGER), {string.Join(", ", MovieField.All.Select(field => $"COUNT(m.{field.Name})"))}
            FROM movie m WHERE {where} GROUP BY 1
            """,
            row => totals._known[new(row.IsDBNull(0) ? null : row.GetInt32(0))] = [.. MovieField.All.Select((_, index) => row.GetInt64(index + 1))],
            cancellationToken).ConfigureAwait(false);
        foreach (var list in GateList.All)
        {
            await connection.ReadEachAsync(
                $"""
                SELECT COUNT(DISTINCT l.movie_id), COUNT(DISTINCT l.{list.Entity}_id)
                FROM movie m JOIN movie_{list.Entity} l ON l.movie_id = m.movie_id AND l.since = m.since WHERE {where}
                """,
                row => totals._lists[list] = (row.GetInt64(0), row.GetInt64(1)),
                cancellationToken).ConfigureAwait(false);
        }

        return totals;
    }

    /// <summary>Returns the number of movies with a known value.</summary>
    /// <param name="field">The column.</param>
    /// <param name="decade">The decade; null for all movies.</param>
    public long GetKnown(MovieField field, Decade? decade)
    {
        var index = MovieField.All.IndexOf(field);
        return decade is { } one ? _known.GetValueOrDefault(one)?[index] ?? 0 : _known.Values.Sum(counts => counts[index]);
    }

    /// <summary>Returns the number of movies with names in a list.</summary>
    public long GetMovies(GateList list) => _lists[list].Movies;

    /// <summary>Returns the number of distinct names in a list.</summary>
    public long GetNames(GateList list) => _lists[list].Names;
}
