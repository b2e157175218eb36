using System.Data.Common;
using System.Runtime.InteropServices;
using CineLedger.Storage;

namespace CineLedger.Reports.Yearly;

/// <summary>Which film goes with which name, dated films alone, in no certain order.</summary>
internal sealed class FilmLinks
{
    private readonly List<int> _films;
    private readonly List<int> _names;

    private FilmLinks(int expected) => (_films, _names) = (new(expected), new(expected));

    /// <param name="connection">To the ledger.</param>
    /// <param name="table">The table of links.</param>
    /// <param name="number">Its column of the names' numbers.</param>
    /// <param name="films">The films.</param>
    /// <param name="names">The names, which stand for their places in order.</param>
    /// <param name="snapshotId">As of when.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public static async Task<FilmLinks> ReadAsync(
        DbConnection connection, string table, string number, YearlyFilms films, NamesInOrder names, int snapshotId, CancellationToken cancellationToken)
    {
        var links = new FilmLinks(films.Count * 2);
        var rows = await connection.OpenRowsAsync($"SELECT movie_id, since, {number} FROM {table} WHERE since <= $1", [snapshotId], cancellationToken).ConfigureAwait(false);
        var last = 0;
        await using (rows.ConfigureAwait(false))
        {
            while (await rows.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                // Links of other versions of a film lie in the same table.
                var film = films.Find(rows.GetInt64(0), rows.GetInt32(1), ref last);
                if (film >= 0 && films[film].Year != YearlyFilm.Undated)
                {
                    links._films.Add(film);
                    links._names.Add(names.PlaceOf(rows.GetInt32(2)));
                }
            }
        }

        return links;
    }

    /// <summary>The names of each of so many films.</summary>
    public Lists ByFilm(int films) => new(films, CollectionsMarshal.AsSpan(_films), CollectionsMarshal.AsSpan(_names));

    /// <summary>The films of each of so many names.</summary>
    public Lists ByName(int names) => new(names, CollectionsMarshal.AsSpan(_names), CollectionsMarshal.AsSpan(_films));
}
