using System.Data.Common;
using System.Globalization;
using CineLedger.Cleaning;
using CineLedger.Loading.Gates;
using CineLedger.Model;
using CineLedger.Storage;
using CineLedger.Storage.Reading;
using CineLedger.Storage.Schema;

namespace CineLedger.Loading;

/// <summary>
/// The ledger's values in columns that a movies file does not have: a merge keeps them, and a full load must not lose them. They are read only for such files,
/// on a separate connection, because the load writes on the others.
/// </summary>
/// <param name="ledger">The ledger.</param>
/// <param name="before">The newest published snapshot.</param>
internal sealed class KnownValues(Ledger ledger, Snapshot before) : IAsyncDisposable
{
    /// <summary>The number of movies read at a time. Their IDs are listed in one statement.</summary>
    private const int ChunkSize = 2_000;

    private const int Examples = 3;

    private readonly ContentHasher _content = new();
    private DbConnection? _connection;

    /// <summary>Gives the movies of a batch the values of the columns that their file does not have.</summary>
    /// <param name="batch">The movies.</param>
    /// <param name="getHash">Returns the hash of a movie's content in the ledger; 0 if it has no such movie.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public async Task<CleanedBatch<(Movie Movie, long Hash)>> CompleteAsync(
        CleanedBatch<(Movie Movie, long Hash)> batch, Func<long, long> getHash, CancellationToken cancellationToken)
    {
        var ids = batch.Items.Select(item => item.Movie.Id).Where(id => getHash(id) != 0).Distinct().ToList();
        var movies = new Dictionary<long, Movie>(ids.Count);
        foreach (var chunk in ids.Chunk(ChunkSize))
        {
            foreach (var version in await ReadAsync(chunk, cancellationToken).ConfigureAwait(false))
            {
                movies[version.Movie.Id] = version.Movie;
            }
        }

        return movies.Count == 0 ? batch : batch with
        {
            Items = batch.Items.ConvertAll(item => movies.TryGetValue(item.Movie.Id, out var known) ? Complete(item.Movie, known, batch.Columns, getHash(item.Movie.Id)) : item),
        };
    }

    /// <summary>Checks that a full load does not lose columns that its file does not have but the ledger has values for.</summary>
    public async Task<IReadOnlyList<GateViolation>> CheckAsync(IReadOnlyList<string> missing, CancellationToken cancellationToken)
    {
        var violations = new List<GateViolation>();
        foreach (var column in missing)
        {
            var (condition, format) = Describe(column);
            var where = $"FROM movie m WHERE {AsOf.Build("m", before.Id)} AND {condition}";
            var connection = await ConnectAsync(cancellationToken).ConfigureAwait(false);
            var count = (long)(await connection.ExecuteScalarAsync($"SELECT COUNT(*) {where}", cancellationToken).ConfigureAwait(false))!;
            if (count == 0)
            {
                continue;
            }

            var ids = await connection.QueryAsync(
                string.Create(CultureInfo.InvariantCulture, $"SELECT m.movie_id {where} ORDER BY m.movie_id LIMIT {Examples}"), row => row.GetInt64(0), cancellationToken)
                .ConfigureAwait(false);
            var examples = (await ReadAsync(ids, cancellationToken).ConfigureAwait(false)).Select(version => string.Create(
                CultureInfo.InvariantCulture, $"{version.Movie.Id}: {RelativeGates.Shorten(format(version.Movie)!)}"));
            violations.Add(new(QualityGates.Coverage, column, string.Create(
                CultureInfo.InvariantCulture,
                $"{column} is not in the source, but known for {count:N0} of the ledger's {before.Movies:N0} movies ({string.Join(", ", examples)}); use --merge to keep it")));
        }

        return violations;
    }

    public ValueTask DisposeAsync() => _connection?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>
    /// Completes a movie. If it then equals the ledger's version, it gets that version's hash, which may have been computed from another spelling of a company.
    /// </summary>
    private (Movie Movie, long Hash) Complete(Movie movie, Movie known, MovieColumns columns, long knownHash)
    {
        foreach (var field in MovieField.All)
        {
            if (columns[field] < 0 || (field.Name == "title" && columns.HasOriginalTitlesOnly))
            {
                field.Copy(known, movie);
            }
        }

        movie.Genres = columns.Genres < 0 ? known.Genres : movie.Genres;
        movie.Companies = columns.Companies < 0 ? known.Companies : movie.Companies;
        movie.Countries = columns.Countries < 0 ? known.Countries : movie.Countries;
        movie.Languages = columns.Languages < 0 ? known.Languages : movie.Languages;
        var hash = _content.Compute(movie);
        return (movie, hash == _content.Compute(known) ? knownHash : hash);
    }

    /// <summary>Returns the condition for a known value of a column, and the value as text.</summary>
    private static (string Condition, Func<Movie, string?> Format) Describe(string column) =>
        GateList.All.FirstOrDefault(list => list.Name == column) is { } list
            ? ($"EXISTS (SELECT 1 FROM movie_{list.Entity} l WHERE l.movie_id = m.movie_id AND l.since = m.since)", movie => RelativeGates.GetFirstName(list, movie))
            : MovieField.All.First(field => field.SourceName == column) is var field ? ($"m.{field.Name} IS NOT NULL", field.Format) : default;

    private async Task<IReadOnlyList<MovieVersion>> ReadAsync(IReadOnlyCollection<long> ids, CancellationToken cancellationToken)
    {
        var list = string.Join(", ", ids.Select(id => id.ToString(CultureInfo.InvariantCulture)));
        return await MovieRows.ReadAsync(
            await ConnectAsync(cancellationToken).ConfigureAwait(false), $"{AsOf.Build("m", before.Id)} AND m.movie_id IN ({list})", cancellationToken).ConfigureAwait(false);
    }

    private async Task<DbConnection> ConnectAsync(CancellationToken cancellationToken) =>
        _connection ??= await ledger.ConnectDuringLoadAsync(cancellationToken).ConfigureAwait(false);
}
