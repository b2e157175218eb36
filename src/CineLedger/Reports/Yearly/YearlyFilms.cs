using System.Data.Common;
using CineLedger.Storage;

namespace CineLedger.Reports.Yearly;

/// <summary>The films of a snapshot in columns, dated or not, in no certain order: some 45 bytes a film.</summary>
internal sealed class YearlyFilms
{
    /// <summary>Stands for an amount that is not known.</summary>
    public const long Unknown = long.MinValue;

    private readonly Dictionary<long, int> _places;
    private int[] _since;
    private int[] _years;
    private long[] _budgets;
    private long[] _revenues;
    private long[] _popularities;

    private YearlyFilms(int expected)
    {
        _places = new Dictionary<long, int>(expected);
        _since = new int[expected];
        _years = new int[expected];
        (_budgets, _revenues, _popularities) = (new long[expected], new long[expected], new long[expected]);
    }

    public int Count => _places.Count;

    /// <param name="connection">To the ledger.</param>
    /// <param name="snapshot">As of when.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public static async Task<YearlyFilms> ReadAsync(DbConnection connection, Model.Snapshot snapshot, CancellationToken cancellationToken)
    {
        const string Sql = """
            SELECT movie_id, since, release_year, budget, revenue, CAST(CAST(popularity AS DECIMAL(38, 6)) * 1000000 AS BIGINT)
            FROM movie
            WHERE since <= $1 AND (until IS NULL OR until > $1)
            """;
        var films = new YearlyFilms(checked((int)snapshot.Movies));
        var rows = await connection.OpenRowsAsync(Sql, [snapshot.Id], cancellationToken).ConfigureAwait(false);
        await using (rows.ConfigureAwait(false))
        {
            while (await rows.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                films.Add(rows);
            }
        }

        return films;
    }

    /// <summary>The place of a film; -1 where it is none of these, or was another version then.</summary>
    public int Find(long movieId, int since) => _places.TryGetValue(movieId, out var film) && _since[film] == since ? film : -1;

    /// <summary>The year of its release; null where that is not known.</summary>
    public int? Year(int film) => _years[film] == int.MinValue ? null : _years[film];

    /// <summary>US dollars, or <see cref="Unknown"/>.</summary>
    public long Budget(int film) => _budgets[film];

    /// <inheritdoc cref="Budget"/>
    public long Revenue(int film) => _revenues[film];

    /// <summary>Millionths, or <see cref="Unknown"/>.</summary>
    public long Popularity(int film) => _popularities[film];

    private void Add(DbDataReader row)
    {
        var film = Count;
        if (film == _years.Length)
        {
            var room = Math.Max(1024, film * 2);
            Array.Resize(ref _since, room);
            Array.Resize(ref _years, room);
            Array.Resize(ref _budgets, room);
            Array.Resize(ref _revenues, room);
            Array.Resize(ref _popularities, room);
        }

        _places.Add(row.GetInt64(0), film);
        _since[film] = row.GetInt32(1);
        _years[film] = row.IsDBNull(2) ? int.MinValue : row.GetInt32(2);
        _budgets[film] = Amount(row, 3);
        _revenues[film] = Amount(row, 4);
        _popularities[film] = Amount(row, 5);
    }

    private static long Amount(DbDataReader row, int column) => row.IsDBNull(column) ? Unknown : row.GetInt64(column);
}
