using System.Data.Common;
using System.Globalization;
using System.Runtime.InteropServices;
using CineLedger.Model;
using CineLedger.Storage;
using CineLedger.Storage.Reading;
using CineLedger.Storage.Schema;

namespace CineLedger.Reports.InMemory;

/// <summary>A dated movie. Amounts are in US dollars and the popularity in millionths, or <see cref="KnownSum.Unknown"/>.</summary>
internal readonly record struct ReportMovie(long Id, int Since, int Year, long Budget, long Revenue, long Popularity);

/// <summary>The dated movies of a snapshot with their companies and genres. A movie is known by its index, a name by its place in order.</summary>
internal sealed class ReportMovies(int snapshotId, CancellationToken cancellationToken)
{
    private readonly List<int> _genres = [];
    private (int Start, int End)[] _genreRanges = [];

    public ChunkedList<ReportMovie> Movies { get; } = new();
    public Utf8StringList Companies { get; } = new();
    public Utf8StringList Genres { get; } = new();

    /// <summary>The company (upper half) and year (lower half) of each link to a company, sorted, and the link's movie.</summary>
    public List<long> CompanyYears { get; } = [];
    public List<int> CompanyMovies { get; } = [];

    public ReadOnlySpan<int> GetGenres(int movie) => CollectionsMarshal.AsSpan(_genres)[_genreRanges[movie].Start.._genreRanges[movie].End];

    /// <summary>Reads each table once, over both connections at the same time.</summary>
    public async Task ReadAsync(DbConnection one, DbConnection other)
    {
        // DuckDB's calls block their thread. WhenAll waits for both tasks even if one fails, because the caller then closes their connections.
        var companies = Task.Run(() => ReadNamesAsync(other, "company", Companies), CancellationToken.None);
        await Task.WhenAll(companies, Task.Run(() => ReadMoviesAsync(one), CancellationToken.None)).ConfigureAwait(false);
        var (companyPlaces, genrePlaces) = (await companies.ConfigureAwait(false), await ReadNamesAsync(one, "genre", Genres).ConfigureAwait(false));
        await Task.WhenAll(
            Task.Run(() => ReadCompaniesAsync(one, companyPlaces), CancellationToken.None),
            Task.Run(() => ReadGenresAsync(other, genrePlaces), CancellationToken.None)).ConfigureAwait(false);
    }

    private Task ReadMoviesAsync(DbConnection connection) => ReadEachAsync(
        connection,
        $"""
        SELECT movie_id, since, release_year,
               COALESCE(budget, {KnownSum.Unknown}), COALESCE(revenue, {KnownSum.Unknown}), COALESCE({MillionthsSql.Build("popularity")}, {KnownSum.Unknown})
        FROM movie
        WHERE {AsOf.Build("", snapshotId)} AND release_year IS NOT NULL AND {UnreleasedMovies.BuildExclusion("", snapshotId.ToString(CultureInfo.InvariantCulture))}
        ORDER BY movie_id
        """,
        row => Movies.Add(new(row.GetInt64(0), row.GetInt32(1), row.GetInt32(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5))));

    /// <summary>Reads all names in order. Returns the place of each ID, counted from 1, or 0 for an unused ID.</summary>
    private async Task<int[]> ReadNamesAsync(DbConnection connection, string table, Utf8StringList names)
    {
        var places = new int[1];
        await ReadEachAsync(connection, $"SELECT {table}_id, name FROM {table} ORDER BY name", row =>
        {
            names.Add(RowReader.GetUtf8(row, 1));
            var id = row.GetInt32(0);
            Array.Resize(ref places, id < places.Length ? places.Length : id * 2);
            places[id] = names.Count;
        }).ConfigureAwait(false);
        return places;
    }

    private async Task ReadCompaniesAsync(DbConnection connection, int[] places)
    {
        (CompanyYears.Capacity, CompanyMovies.Capacity) = (Movies.Count * 2, Movies.Count * 2);
        await ReadLinksAsync(connection, "company", places, (movie, company) =>
        {
            CompanyYears.Add(((long)company << 32) | (uint)Movies[movie].Year);
            CompanyMovies.Add(movie);
        }).ConfigureAwait(false);
        CollectionsMarshal.AsSpan(CompanyYears).Sort(CollectionsMarshal.AsSpan(CompanyMovies));
    }

    private Task ReadGenresAsync(DbConnection connection, int[] places)
    {
        (_genreRanges, _genres.Capacity) = (new (int, int)[Movies.Count], Movies.Count * 2);
        return ReadLinksAsync(connection, "genre", places, (movie, genre) =>
        {
            ref var range = ref _genreRanges[movie];
            _genres.Add(genre);
            range = (range.End == 0 ? _genres.Count - 1 : range.Start, _genres.Count);
        });
    }

    /// <summary>Passes the links of the movies to <paramref name="add"/> in order of movies, except links to missing names.</summary>
    private Task ReadLinksAsync(DbConnection connection, string names, int[] places, Action<int, int> add)
    {
        var movie = 0;
        return ReadEachAsync(connection, $"SELECT movie_id, since, {names}_id FROM movie_{names} WHERE since <= {snapshotId} ORDER BY movie_id", row =>
        {
            var (id, since, name) = (row.GetInt64(0), row.GetInt32(1), row.GetInt32(2));
            while (movie < Movies.Count && Movies[movie].Id < id)
            {
                movie++;
            }

            if (movie < Movies.Count && Movies[movie].Id == id && Movies[movie].Since == since && name < places.Length && places[name] > 0)
            {
                add(movie, places[name] - 1);
            }
        });
    }

    private Task ReadEachAsync(DbConnection connection, string sql, Action<DbDataReader> action) => connection.StreamEachAsync(sql, [], action, cancellationToken);
}
