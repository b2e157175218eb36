using System.Data.Common;
using System.Runtime.InteropServices;
using CineLedger.Model;
using CineLedger.Storage;
using CineLedger.Storage.Schema;

namespace CineLedger.Reports.Yearly;

/// <summary>The films of a snapshot, dated or not, as they lie in the ledger. Each is known by its place, from 0.</summary>
internal sealed class YearlyFilms
{
    /// <summary>Films that may lie between one with links and the next.</summary>
    private const int Near = 32;

    private readonly Lazy<Dictionary<long, int>> _places;
    private YearlyFilm[] _films;

    private YearlyFilms(int expected)
    {
        _films = new YearlyFilm[expected];
        _places = new(MakePlaces);
    }

    public int Count { get; private set; }

    public ref readonly YearlyFilm this[int film] => ref _films[film];

    /// <summary>The places of all dated films, year after year.</summary>
    public int[] InOrderOfYears()
    {
        var films = new Dictionary<int, int>();
        for (var film = 0; film < Count; film++)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(films, _films[film].Year, out _)++;
        }

        films.Remove(YearlyFilm.Undated);
        var next = 0;
        var places = new Dictionary<int, int>();
        foreach (var year in new SortedDictionary<int, int>(films))
        {
            places[year.Key] = next;
            next += year.Value;
        }

        var order = new int[next];
        for (var film = 0; film < Count; film++)
        {
            if (_films[film].Year != YearlyFilm.Undated)
            {
                order[CollectionsMarshal.GetValueRefOrNullRef(places, _films[film].Year)++] = film;
            }
        }

        return order;
    }

    /// <param name="connection">To the ledger.</param>
    /// <param name="snapshot">As of when.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public static async Task<YearlyFilms> ReadAsync(DbConnection connection, Snapshot snapshot, CancellationToken cancellationToken)
    {
        var sql = $"""
            SELECT movie_id, since, release_year, budget, revenue, {MillionthsSql.Of("popularity")}
            FROM movie
            WHERE {AsOf.Sql("")}
            """;
        var films = new YearlyFilms(checked((int)snapshot.Movies));
        var rows = await connection.OpenRowsAsync(sql, [snapshot.Id], cancellationToken).ConfigureAwait(false);
        await using (rows.ConfigureAwait(false))
        {
            while (await rows.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                films.Add(rows);
            }
        }

        return films;
    }

    /// <summary>
    /// The place of a version of a film; -1 where it is none of these. <paramref name="last"/> is what was found before: links were written in the order of their
    /// films, so that it is mostly the same or one of the next.
    /// </summary>
    public int Find(long movieId, int since, ref int last)
    {
        var end = Math.Min(Count, last + Near);
        for (var film = last; film < end; film++)
        {
            if (_films[film].MovieId == movieId && _films[film].Since == since)
            {
                return last = film;
            }
        }

        return _places.Value.TryGetValue(movieId, out var place) && _films[place].Since == since ? last = place : -1;
    }

    private void Add(DbDataReader row)
    {
        if (Count == _films.Length)
        {
            Array.Resize(ref _films, Math.Max(1024, Count * 2));
        }

        _films[Count++] = new YearlyFilm
        {
            MovieId = row.GetInt64(0),
            Since = row.GetInt32(1),
            Year = row.IsDBNull(2) ? YearlyFilm.Undated : row.GetInt32(2),
            Budget = Amount(row, 3),
            Revenue = Amount(row, 4),
            Popularity = Amount(row, 5),
        };
    }

    private static long Amount(DbDataReader row, int column) => row.IsDBNull(column) ? YearlyFilm.Unknown : row.GetInt64(column);

    private Dictionary<long, int> MakePlaces()
    {
        var places = new Dictionary<long, int>(Count);
        for (var film = 0; film < Count; film++)
        {
            places.Add(_films[film].MovieId, film);
        }

        return places;
    }
}
